#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/model/catalogue.hpp"
#include "core/scenario/data_library.hpp"
#include "core/scenario/document.hpp"
#include "core/scenario/value_reader.hpp"

namespace poultice::core {

/// A set or therapy as read: its tables, and the tier that its values form.
struct SetFile {
  std::string file;  ///< for errors
  Tier tier;
  Node root;
};

/// Loads the sets and therapies that a scenario names, each once.
class SetLoader {
 public:
  SetLoader(const DataLibrary& library, const Catalogue& catalogue, std::filesystem::path folder,
            ProblemList& problems)
      : library_(library), catalogue_(catalogue), folder_(std::move(folder)), problems_(problems) {}

  /// The file that `value` names; null, with a problem at `place`, when there is none or it cannot be read.
  const SetFile* load(const ParameterValue& value, const Place& place);

  /// Names of the files loaded, in order.
  [[nodiscard]] const std::vector<std::string>& files() const noexcept { return files_; }

 private:
  std::unique_ptr<SetFile> read(const ParameterValue& value, const Place& place);
  void check_root(const SetFile& set, bool is_therapy);
  void refuse_unknown(const ParameterValue& value, const Place& place);

  const DataLibrary& library_;
  const Catalogue& catalogue_;
  std::filesystem::path folder_;
  ProblemList& problems_;
  std::map<std::string, std::unique_ptr<SetFile>> sets_;
  std::vector<std::string> files_;
};

/// The model called `name`; null, with a problem at `place` that names the nearest, when there is none.
const ModelDescription* find_model(const Catalogue& catalogue, const std::string& name, const Place& place,
                                   const std::string& key, const std::string& hint, ProblemList& problems);

}  // namespace poultice::core
