#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/scenario/overrides.hpp"
#include "core/scenario/table_reader.hpp"
#include "core/study/study.hpp"
#include "core/study/varied_entries.hpp"

namespace poultice::core {

/// Makes a Study of a text. Good for one reading.
class StudyReader {
 public:
  StudyReader(const Catalogue& catalogue, const DataLibrary& library, std::filesystem::path folder);

  /// Throws ScenarioError with all that is wrong.
  [[nodiscard]] Study read(std::string text, const std::string& name, const std::vector<Override>& overrides);

 private:
  void keep_places(const Node& sweep);
  [[nodiscard]] std::vector<ParameterValue> read_keys(const Node& sweep,
                                                      const std::vector<Override>& overrides);
  void refuse_unknown_keys(const Node& sweep);
  [[nodiscard]] std::vector<std::string> read_names(const Node& sweep, const char* key);

  /// Gives the document that the scenario was read from.
  [[nodiscard]] Node read_scenario(const Node& root, const std::string& file,
                                   const std::vector<Override>& overrides);
  void refuse_beside(const Node& root);

  void read_varied(const Node& sweep, const VariedPaths& paths);
  void read_table(const std::string& file, const VariedPaths& paths);
  void note_varied(const std::string& path, const Place& place, const std::string& key);
  void check_times();
  void check_overrides(const std::vector<Override>& overrides);
  void check_drawing(const std::vector<ParameterValue>& keys);
  void check_size();
  void throw_if_any() const;

  Tier tier_;
  std::filesystem::path folder_;
  std::vector<std::string> files_;
  ProblemList problems_;
  bool has_wrong_distribution_ = false;
  Study study_;
};

}  // namespace poultice::core
