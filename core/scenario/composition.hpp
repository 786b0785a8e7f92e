#pragma once

#include <string>
#include <vector>

#include "core/model/catalogue.hpp"
#include "core/scenario/document.hpp"
#include "core/scenario/instance_names.hpp"
#include "core/scenario/overrides.hpp"
#include "core/scenario/problem_list.hpp"
#include "core/scenario/set_file.hpp"

namespace poultice::core {

/// One table of the study to be, with the texts that speak of it.
struct ComposedTable {
  std::string name;
  const ModelDescription* model = nullptr;
  const Node* in_therapy = nullptr;
  const Node* in_scenario = nullptr;
  Place place;  ///< of the table in the scenario, or the scenario as a whole
};

/// Decides which tables there are: first those of the therapy in its order, then the scenario's own in
/// theirs.
class Composition {
 public:
  /// `therapy` may be null. The nodes must outlive the composition.
  Composition(const Node& scenario, const SetFile* therapy, const OverrideList& overrides,
              const Catalogue& catalogue, ProblemList& problems);

  [[nodiscard]] const std::vector<ComposedTable>& tables() const noexcept { return tables_; }
  [[nodiscard]] const InstanceNames& names() const noexcept { return names_; }

 private:
  void add_therapy(const SetFile& therapy);
  void add_own(const Entry& entry);
  [[nodiscard]] const ModelDescription* model_of(const Entry& entry);
  void check_same_model(const Node& table, const ModelDescription* model, const std::string& name);
  [[nodiscard]] bool is_wanted(const Entry& entry);

  const Node& scenario_;
  const OverrideList& overrides_;
  const Catalogue& catalogue_;
  ProblemList& problems_;
  std::vector<ComposedTable> tables_;
  InstanceNames names_;
};

/// Whether an entry of the scenario's root is one of its tables, or was meant to be: a list of tables, or a
/// value under the name of a model.
[[nodiscard]] bool is_table_entry(const Entry& entry, const Catalogue& catalogue);

}  // namespace poultice::core
