#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/scenario/scenario.hpp"
#include "core/study/design.hpp"
#include "core/study/distribution.hpp"

namespace poultice::core {

/// A study: a scenario and what varies in it, read from a scenario file with a table [sweep], or from a file
/// that holds [sweep] alone and names its scenario. Parsed, unit-checked, complete; immutable. Keeps
/// references to the catalogue and the library.
class Study {
 public:
  enum class Method { sobol, latin_hypercube, random };

  /// Overrides of "sweep.…" speak to the study, others to its scenario. Throws ScenarioError with every
  /// problem found, FileError when a file cannot be read.
  [[nodiscard]] static Study read(const std::filesystem::path& file, const Catalogue&, const DataLibrary&,
                                  const std::vector<Override>& overrides = {});
  /// `name` stands for the file in errors; `folder` is where relative paths start.
  [[nodiscard]] static Study parse(std::string text, const std::string& name,
                                   const std::filesystem::path& folder, const Catalogue&, const DataLibrary&,
                                   const std::vector<Override>& overrides = {});

  [[nodiscard]] const std::string& name() const noexcept { return name_; }  ///< file name as given
  [[nodiscard]] const std::string& text() const noexcept { return text_; }  ///< byte for byte
  [[nodiscard]] const std::shared_ptr<const Scenario>& scenario() const noexcept { return scenario_; }
  /// The file that the scenario stands in, byte for byte: the study's own text unless [sweep] names another.
  [[nodiscard]] const std::string& scenario_text() const noexcept { return scenario_->source_text(); }
  [[nodiscard]] const std::string& table_text() const noexcept { return table_text_; }  ///< "" without table

  [[nodiscard]] const std::vector<std::string>& curves() const noexcept { return curves_; }
  [[nodiscard]] const std::vector<std::string>& profiles() const noexcept { return profiles_; }
  [[nodiscard]] double every() const noexcept { return every_; }                    ///< [s], of curves
  [[nodiscard]] double profiles_every() const noexcept { return profiles_every_; }  ///< [s]

  [[nodiscard]] const std::vector<DesignColumn>& axes() const noexcept { return axes_; }
  [[nodiscard]] const std::vector<DesignColumn>& table() const noexcept { return table_; }
  [[nodiscard]] const std::vector<Distribution>& distributions() const noexcept { return distributions_; }
  [[nodiscard]] const std::vector<RankCorrelation>& correlations() const noexcept { return correlations_; }
  [[nodiscard]] Method method() const noexcept { return method_; }
  [[nodiscard]] Index n() const noexcept { return n_; }  ///< draws of one replicate; rows of a table; else 1
  [[nodiscard]] std::int64_t seed() const noexcept { return seed_; }
  [[nodiscard]] Index replicates() const noexcept { return replicates_; }
  [[nodiscard]] Index n_members() const noexcept;

  /// Whether the design takes numbers that are still to be drawn (which Python does).
  [[nodiscard]] bool needs_drawing() const noexcept { return !distributions_.empty(); }
  /// The design of a study that needs no drawing; throws ScenarioError for one that does.
  [[nodiscard]] Design design() const;
  /// The design with drawn columns: one for each distribution, n times replicates long, replicate by
  /// replicate. Every value is checked again; throws ScenarioError when one is out of its parameter's range.
  [[nodiscard]] Design design_with(const std::vector<DesignColumn>& drawn) const;

  /// The scenario of one member. Throws ScenarioError with the problems of that member.
  [[nodiscard]] Scenario scenario_of(const Design& design, Index member) const;

  /// The axes alone, crossed: what can be looked at before anything is drawn.
  [[nodiscard]] Design grid() const;

  /// Where a key of [sweep] ("curves", "n") or a varied path stands, or else the table itself.
  [[nodiscard]] Place place_of(std::string_view key) const;
  [[nodiscard]] bool is_varied(std::string_view path) const;
  /// What may be not as meant, a sentence each.
  [[nodiscard]] std::vector<std::string> warnings() const;

 private:
  friend class StudyReader;
  Study(const Catalogue& catalogue, const DataLibrary& library)
      : catalogue_(&catalogue), library_(&library) {}
  [[nodiscard]] Design cross(const std::vector<DesignColumn>& drawn, Index n, Index replicates) const;

  const Catalogue* catalogue_;
  const DataLibrary* library_;
  std::string name_, text_, table_text_;
  std::filesystem::path scenario_folder_;
  std::shared_ptr<const Scenario> scenario_;
  std::vector<std::string> curves_, profiles_;
  double every_ = 0.0, profiles_every_ = 0.0;
  std::vector<DesignColumn> axes_, table_;
  std::vector<Distribution> distributions_;
  std::vector<RankCorrelation> correlations_;
  Method method_ = Method::sobol;
  Index n_ = 1, replicates_ = 1;
  std::int64_t seed_ = 0;
  std::map<std::string, Place, std::less<>> places_;
};

/// "latin_hypercube", as a study says it.
[[nodiscard]] std::string_view word_of(Study::Method method);

/// Whether a text is a study: a TOML document with a table [sweep]. False for what is no TOML at all.
[[nodiscard]] bool is_study(std::string_view text);

}  // namespace poultice::core
