#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/study/study.hpp"

namespace poultice::bindings {

/// A study with the sets that it was read with, which it needs to live.
class SweepStudy {
 public:
  /// Throws ScenarioError, FileError.
  [[nodiscard]] static SweepStudy read(const std::filesystem::path& file,
                                       const std::vector<core::Override>& overrides);
  /// The same of a text; `name` stands for the file in errors, `folder` is where relative paths start.
  [[nodiscard]] static SweepStudy parse(std::string text, const std::string& name,
                                        const std::filesystem::path& folder,
                                        const std::vector<core::Override>& overrides);

  [[nodiscard]] const core::Study& operator*() const { return *study_; }
  [[nodiscard]] const core::Study* operator->() const { return study_.get(); }

 private:
  std::shared_ptr<const core::DataLibrary> library_;
  std::shared_ptr<const core::Study> study_;
};

}  // namespace poultice::bindings
