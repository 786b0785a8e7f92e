#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace poultice::core {

/// Root of everything a user can cause and mend. Bugs are assertions (see check.hpp), never an Error.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// One thing that is wrong in an input, with all that its reader needs to mend it.
/// Empty strings and zero numbers mean "does not apply".
struct Problem {
  std::string what;        ///< one sentence without a full stop: what is wrong
  std::string file{};      ///< name of the input as the user gave it
  int line = 0;            ///< 1-based
  int column = 0;          ///< 1-based
  std::string key{};       ///< dotted path of the parameter, "patch.area"
  std::string given{};     ///< what was given, as written
  std::string expected{};  ///< what would be accepted
  std::string hint{};      ///< what to do next: the nearest key or unit, a command to type

  /// "file:line:column: key: what" and indented lines for given, expected and hint.
  [[nodiscard]] std::string text() const;
};

/// The scenario, or something it names, cannot be used. Carries every problem found, in file order.
class ScenarioError : public Error {
 public:
  explicit ScenarioError(std::vector<Problem> problems);
  explicit ScenarioError(Problem problem);
  [[nodiscard]] const std::vector<Problem>& problems() const noexcept { return problems_; }

 private:
  std::vector<Problem> problems_;
};

/// A quantity has the wrong dimension or a unit nobody knows.
class UnitError : public Error {
 public:
  UnitError(std::string what, std::string given, std::string expected, std::string hint);
  [[nodiscard]] const std::string& what_is_wrong() const noexcept { return what_is_wrong_; }
  [[nodiscard]] const std::string& given() const noexcept { return given_; }
  [[nodiscard]] const std::string& expected() const noexcept { return expected_; }
  [[nodiscard]] const std::string& hint() const noexcept { return hint_; }

 private:
  std::string what_is_wrong_, given_, expected_, hint_;
};

/// A parameter asked for by name does not exist, or its value is out of range. The text is
/// "key: what; hint", the hint at the end of the first line of `what`.
class ParameterError : public Error {
 public:
  ParameterError(std::string key, const std::string& what, std::string hint = {});
  [[nodiscard]] const std::string& key() const noexcept { return key_; }
  [[nodiscard]] const std::string& hint() const noexcept { return hint_; }

 private:
  std::string key_, hint_;
};

/// Models cannot be put together: one needs what no other offers. The text is "[instance]: what; hint".
class ModelError : public Error {
 public:
  ModelError(std::string instance, const std::string& what, std::string hint = {});
  [[nodiscard]] const std::string& instance() const noexcept { return instance_; }
  [[nodiscard]] const std::string& hint() const noexcept { return hint_; }

 private:
  std::string instance_, hint_;
};

/// The equations could not be integrated to the end, or the end did not balance.
class IntegrationError : public Error {
 public:
  IntegrationError(double time, std::string what, std::string hint);
  [[nodiscard]] double time() const noexcept { return time_; }  ///< [s], how far it got
  [[nodiscard]] const std::string& hint() const noexcept { return hint_; }

 private:
  double time_;
  std::string hint_;
};

/// The run was stopped from outside (Ctrl-C, a cancelled notebook cell).
class Interrupted : public Error {
 public:
  explicit Interrupted(double time);
  [[nodiscard]] double time() const noexcept { return time_; }

 private:
  double time_;
};

/// A file could not be read or written.
class FileError : public Error {
 public:
  FileError(std::string path, std::string what, std::string hint);
  [[nodiscard]] const std::string& path() const noexcept { return path_; }
  [[nodiscard]] const std::string& hint() const noexcept { return hint_; }

 private:
  std::string path_, hint_;
};

}  // namespace poultice::core
