#include "bindings/shared/json.hpp"

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
  values.reserve(texts.size());
  for (const auto& text : texts) values.push_back(json_text(text));
  return json_array(values);
}

std::string json_indented(std::string_view json) {
  std::string text;
  std::size_t depth = 0;
  bool is_quoted = false;
  const auto new_line = [&] { text += '\n' + std::string(2 * depth, ' '); };
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (is_quoted) {
      text += c;
      if (c == '\\') text += json[++i];
      is_quoted = c != '"';
      continue;
    }
    const bool opens = c == '{' || c == '[', closes = c == '}' || c == ']';
    const bool is_empty = opens && i + 1 < json.size() && (json[i + 1] == '}' || json[i + 1] == ']');
    if (is_empty) {
      text += std::string{c, json[++i]};
      continue;
    }
    if (closes) {
      --depth;
      new_line();
    }
    const bool is_blank_after_comma = c == ' ' && i > 0 && json[i - 1] == ',';
    if (!is_blank_after_comma) text += c;
    is_quoted = c == '"';
    if (opens) {
      ++depth;
      new_line();
    }
    if (c == ',') new_line();
  }
  return text;
}

}  // namespace poultice::bindings
