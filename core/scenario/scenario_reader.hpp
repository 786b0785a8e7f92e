#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/scenario/composition.hpp"
#include "core/scenario/overrides.hpp"
#include "core/scenario/scenario.hpp"
#include "core/scenario/set_file.hpp"
#include "core/scenario/table_reader.hpp"

namespace poultice::core {

/// Makes a Scenario of a text: parses, composes, resolves and checks. Good for one reading.
class ScenarioReader {
 public:
  /// Keeps references to the catalogue and the library.
  ScenarioReader(const Catalogue& catalogue, const DataLibrary& library, const std::filesystem::path& folder);

  /// Throws ScenarioError with all that is wrong. A study, which has a table [sweep], is no scenario.
  [[nodiscard]] Scenario read(std::string text, const std::string& name,
                              const std::vector<Override>& overrides);
  /// The scenario within a study: the text less its table [sweep].
  [[nodiscard]] Scenario read_in_study(std::string text, const std::string& name,
                                       const std::vector<Override>& overrides);

 private:
  [[nodiscard]] Node begin(std::string text, const std::string& name, const std::vector<Override>& overrides);
  [[nodiscard]] Scenario read(const Node& root);
  /// Reads the keys of the root; gives the therapy they name, or null.
  const SetFile* read_root(const Node& root, const OverrideList& overrides);
  void read_output_and_solver(const Node& root, const OverrideList& overrides);
  void check_samples(const TableReader& output);
  void read_tables(const Composition& composition, const SetFile* therapy, const OverrideList& overrides);
  void lay_sets(const Composition& composition, std::vector<TableReader>& readers);
  void lay_set(const SetFile& set, std::size_t owner, const Composition& composition,
               std::vector<TableReader>& readers);
  void finish_tables(const Composition& composition, std::vector<TableReader>& readers);
  void read_schedule(const Node& root, const OverrideList& overrides, const InstanceNames& names);
  void check_models();

  void lay_over(TableReader& reader, const std::vector<Node>& overrides);
  void keep(std::vector<ParameterValue> values);
  [[nodiscard]] const ParameterValue* kept(std::string_view path) const;
  void throw_if_any() const;

  const Catalogue& catalogue_;
  ProblemList problems_;
  SetLoader sets_;
  Tier tier_;  ///< of the scenario itself
  bool lacks_a_set_ = false;
  Scenario scenario_;
};

}  // namespace poultice::core
