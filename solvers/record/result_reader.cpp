#include "solvers/record/result_reader.hpp"

#include <cstdint>
#include <variant>

#include "core/base/text.hpp"
#include "solvers/record/file_format.hpp"
#include "solvers/record/hdf5_reader.hpp"
#include "solvers/record/result_file.hpp"

namespace poultice::solvers {
ResultFile::ResultFile(const std::filesystem::path& path)
    : file_(std::make_unique<const Hdf5Reader>(path.string())) {
  read_format();
}

ResultFile::~ResultFile() = default;

void ResultFile::read_format() {
  const auto format = solvers::read_format(*file_, {result_filetype});
  major_ = format.major;
  minor_ = format.minor;
}

std::string ResultFile::text(std::string_view attribute) const {
  return text_attribute(*file_, "/", attribute);
}

std::string ResultFile::scenario_toml() const { return file_->text("provenance/scenario_toml"); }

int ResultFile::status() const {
  const auto value = file_->attribute("/", "status");
  const auto* number = std::get_if<std::int64_t>(&value);
  return number != nullptr ? static_cast<int>(*number) : -1;
}

std::vector<ResultFile::Headline> ResultFile::headlines() const {
  std::vector<Headline> headlines;
  for (const auto& name : core::split(text("headlines"), ' ')) {
    if (!file_->has(name)) continue;
    headlines.push_back({name, text_attribute(*file_, name, "label"), file_->real(name),
                         text_attribute(*file_, name, "units"),
                         text_attribute(*file_, name, "display_units")});
  }
  return headlines;
}

}  // namespace poultice::solvers
