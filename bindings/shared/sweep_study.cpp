#include "bindings/shared/sweep_study.hpp"

#include <utility>

#include "bindings/shared/study.hpp"
#include "models/catalogue.hpp"

namespace poultice::bindings {

SweepStudy SweepStudy::read(const std::filesystem::path& file, const std::vector<core::Override>& overrides) {
  SweepStudy loaded;
  loaded.library_ = std::make_shared<const core::DataLibrary>(library());
  loaded.study_ = std::make_shared<const core::Study>(
      core::Study::read(file, models::catalogue(), *loaded.library_, overrides));
  return loaded;
}

SweepStudy SweepStudy::parse(std::string text, const std::string& name, const std::filesystem::path& folder,
                             const std::vector<core::Override>& overrides) {
  SweepStudy loaded;
  loaded.library_ = std::make_shared<const core::DataLibrary>(library());
  loaded.study_ = std::make_shared<const core::Study>(
      core::Study::parse(std::move(text), name, folder, models::catalogue(), *loaded.library_, overrides));
  return loaded;
}

}  // namespace poultice::bindings
