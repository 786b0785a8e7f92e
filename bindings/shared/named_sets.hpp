#pragma once

#include <string>
#include <vector>

#include "core/scenario/document.hpp"

namespace poultice::bindings {

/// A set or therapy that scenarios may name.
struct NamedSet {
  std::string folder;  ///< "drugs"
  std::string name;    ///< "fentanyl"
  core::Node root;     ///< its tables; empty where its file cannot be read

  [[nodiscard]] std::string path() const { return folder + "/" + name; }
  [[nodiscard]] std::string title() const;
};

/// A folder of sets, with the key that takes one over: "[drug] use".
struct SetFolder {
  std::string name, taken_over_by;
};

/// The folders that the keys of models and of scenarios point to.
[[nodiscard]] std::vector<SetFolder> set_folders();

/// All sets of a folder, by name.
[[nodiscard]] std::vector<NamedSet> sets_in(const std::string& folder);

}  // namespace poultice::bindings
