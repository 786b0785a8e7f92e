#include "bindings/command/json.hpp"

#include <cmath>

#include <fmt/format.h>

#include "core/base/text.hpp"

namespace poultice::bindings {

std::string json_text(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\')
      quoted += fmt::format("\\{}", c);
    else if (c == '\n')
      quoted += "\\n";
    else if (static_cast<unsigned char>(c) < 0x20)
      quoted += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    else
      quoted += c;
  }
  return quoted + '"';
}

JsonObject& JsonObject::add(std::string_view key, std::string_view text) {
  return add_json(key, json_text(text));
}

JsonObject& JsonObject::add(std::string_view key, double number) {
  return add_json(key, std::isfinite(number) ? fmt::format("{}", number) : "null");
}

JsonObject& JsonObject::add(std::string_view key, long number) {
  return add_json(key, fmt::format("{}", number));
}

JsonObject& JsonObject::add_json(std::string_view key, std::string_view json) {
  if (!members_.empty()) members_ += ", ";
  members_ += fmt::format("{}: {}", json_text(key), json);
  return *this;
}

std::string json_array(const std::vector<std::string>& values) { return "[" + core::joined(values) + "]"; }

std::string json_texts(const std::vector<std::string>& texts) {
  std::vector<std::string> values;
  for (const auto& text : texts) values.push_back(json_text(text));
  return json_array(values);
}

}  // namespace poultice::bindings
