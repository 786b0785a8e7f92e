#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace poultice::bindings {

/// Puts a JSON object together, key by key in the order given.
class JsonObject {
 public:
  JsonObject& add(std::string_view key, std::string_view text);
  JsonObject& add(std::string_view key, const char* text) { return add(key, std::string_view(text)); }
  /// With all digits that matter; null where not finite.
  JsonObject& add(std::string_view key, double number);
  JsonObject& add(std::string_view key, long number);
  /// A value that is JSON already.
  JsonObject& add_json(std::string_view key, std::string_view json);

  /// "{…}", on one line.
  [[nodiscard]] std::string text() const { return "{" + members_ + "}"; }

 private:
  std::string members_;
};

/// "[a, b]" of values that are JSON already.
[[nodiscard]] std::string json_array(const std::vector<std::string>& values);

/// ["a", "b"] of texts.
[[nodiscard]] std::string json_texts(const std::vector<std::string>& texts);

/// JSON on one line with line feeds and indents of two put in; what is inside quotes stays.
[[nodiscard]] std::string json_indented(std::string_view json);

/// A text in quotes, with what JSON reserves escaped.
[[nodiscard]] std::string json_text(std::string_view text);

}  // namespace poultice::bindings
