#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/scenario/value_reader.hpp"

namespace poultice::core {

/// Gathers the values of one table from all the tiers that give some. Of two tiers the later in the order
/// of `Origin` wins, whichever is added first; within one origin the later added.
class TableReader {
 public:
  /// `path` is the table's own, "" for the root of a scenario. Keeps references to the specs and the problem
  /// list.
  TableReader(const ParameterTable& specs, std::string path, ProblemList& problems);

  /// Lays the values of `table`, every one of whose keys must be known, over those from weaker tiers.
  void add(const Node& table, const Tier& tier);

  /// The value that the tiers added so far give a parameter, its default included; nothing if it is wrong or
  /// absent.
  [[nodiscard]] std::optional<ParameterValue> peek(const ParameterSpec& spec) const;

  /// All values in the order of the specs, those of a list element by element. Missing ones are reported at
  /// `place`, unless they are `excused` since something that might have given them is itself wrong.
  [[nodiscard]] std::vector<ParameterValue> finish(const Place& place, bool excused = false);

  /// Names of list elements by list; "layer" -> {"upper", "lower"}. Complete after `finish`.
  [[nodiscard]] const std::map<std::string, std::vector<std::string>>& elements() const noexcept {
    return elements_;
  }

  /// Where the winning tier wrote a key; nothing when none did.
  [[nodiscard]] std::optional<Place> place_of(std::string_view key) const;

  /// Keys below the table as a user may write them, elements by name.
  [[nodiscard]] std::vector<std::string> keys() const;

 private:
  /// What a tier gave for a key; no value when it was wrong.
  struct Slot {
    Origin origin = Origin::preset;
    Place place;
    std::optional<ParameterValue> value;
  };

  void add_entries(const Node& table, const std::string& prefix, const Tier& tier);
  void add_entry(const Entry& entry, const std::string& key, const Tier& tier);
  void add_value(const Entry& entry, const std::string& key, const ParameterSpec& spec, const Tier& tier);
  void add_list(const Node& list, const std::string& key, const Tier& tier);
  [[nodiscard]] std::optional<std::string> element_name(const Node& element, const std::string& list,
                                                        const std::vector<std::string>& before) const;
  void refuse_unknown(const Entry& entry, const std::string& key) const;
  [[nodiscard]] std::string likely_key(const std::string& key) const;
  [[nodiscard]] std::vector<std::string> siblings_of(const std::string& key) const;
  void refuse_unknown_elements();
  void finish_one(const ParameterSpec& spec, const std::string& key, const Place& place,
                  std::vector<ParameterValue>& values);
  void finish_list(const std::string& list, std::vector<ParameterValue>& values);
  [[nodiscard]] bool is_branch(std::string_view key) const;
  [[nodiscard]] bool is_list(std::string_view key) const;
  [[nodiscard]] std::string full(std::string_view key) const;

  const ParameterTable& specs_;
  std::string path_;
  ProblemList& problems_;
  std::vector<std::string> lists_;
  std::map<std::string, Slot, std::less<>> slots_;
  std::map<std::string, std::vector<std::string>> elements_;
  std::map<std::string, Origin> list_origins_;
  std::map<std::string, Place> element_places_;  ///< by "layer.upper"
  bool is_excused_ = false;
};

/// Whether a table or element may bear this name: small letters, digits and _, starting with a letter.
[[nodiscard]] bool is_plain_name(std::string_view name);

}  // namespace poultice::core
