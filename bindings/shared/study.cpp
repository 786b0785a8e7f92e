#include "bindings/shared/study.hpp"

#include <utility>

#include "models/catalogue.hpp"
#include "models/embedded_data.hpp"

namespace poultice::bindings {

core::DataLibrary library() { return core::DataLibrary(models::embedded_data()); }

std::shared_ptr<const core::Scenario> load(const std::filesystem::path& file,
                                           const std::vector<core::Override>& overrides) {
  return std::make_shared<const core::Scenario>(
      core::Scenario::read(file, models::catalogue(), library(), overrides));
}

std::shared_ptr<const core::Scenario> load_text(std::string text, const std::string& name,
                                                const std::filesystem::path& folder,
                                                const std::vector<core::Override>& overrides) {
  return std::make_shared<const core::Scenario>(
      core::Scenario::parse(std::move(text), name, folder, models::catalogue(), library(), overrides));
}

}  // namespace poultice::bindings
