#include "bindings/shared/named_sets.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "bindings/shared/study.hpp"
#include "core/scenario/scenario.hpp"
#include "models/catalogue.hpp"

namespace poultice::bindings {
namespace {

void add_folders(const core::ParameterTable& table, const std::string& where,
                 std::vector<SetFolder>& folders) {
  for (const auto& spec : table.specs()) {
    if (spec.type != core::ParameterType::set) continue;
    const auto found = std::ranges::find(folders, spec.folder, &SetFolder::name);
    const auto key = where + spec.key;
    if (found == folders.end())
      folders.push_back({spec.folder, key});
    else
      found->taken_over_by += ", " + key;
  }
}

core::Node read(const core::DataLibrary& library, const std::string& folder, const std::string& name) {
  try {
    const auto file = library.find(folder, name, {});
    return file ? core::parse_document(file->text, file->name) : core::Node{};
  } catch (const core::Error&) {
    return {};  // a broken file is for `check` to complain of; a list goes on
  }
}

}  // namespace

std::string NamedSet::title() const {
  const auto* title = root.find("title");
  return title != nullptr ? title->text : "";
}

std::vector<SetFolder> set_folders() {
  std::vector<SetFolder> folders;
  add_folders(core::engine_table(""), "", folders);
  for (const auto* model : models::catalogue().models())
    add_folders(model->parameters, fmt::format("[{}] ", model->name), folders);
  return folders;
}

std::vector<NamedSet> sets_in(const std::string& folder) {
  const auto all = library();
  std::vector<NamedSet> sets;
  for (const auto& name : all.names(folder)) sets.push_back({folder, name, read(all, folder, name)});
  return sets;
}

}  // namespace poultice::bindings
