#include "solvers/record/result_reader.hpp"

#include <cstdint>
#include <variant>

#include <fmt/format.h>

#include "core/base/error.hpp"
#include "core/base/text.hpp"
#include "core/base/version.hpp"
#include "solvers/record/hdf5_reader.hpp"
#include "solvers/record/result_file.hpp"

namespace poultice::solvers {
namespace {

/// The attribute as a text; "" where there is none, or one of another kind.
std::string text_of(const Hdf5Reader& file, std::string_view object, std::string_view name) {
  if (!file.has_attribute(object, name)) return "";
  const auto value = file.attribute(object, name);
  const auto* text = std::get_if<std::string>(&value);
  return text != nullptr ? *text : "";
}

}  // namespace

ResultFile::ResultFile(const std::filesystem::path& path)
    : file_(std::make_unique<const Hdf5Reader>(path.string())) {
  read_format();
}

ResultFile::~ResultFile() = default;

void ResultFile::read_format() {
  if (text("filetype") != result_filetype)
    throw core::FileError(file_->path(), "this HDF5 file is not a result of Poultice",
                          "name a file that \"poultice run\" has written");
  const auto value =
      file_->has_attribute("/", "format_version") ? file_->attribute("/", "format_version") : Hdf5Value{};
  const auto* version = std::get_if<std::vector<int>>(&value);
  if (version == nullptr || version->size() != 2 || version->front() < 1)
    throw core::FileError(file_->path(), "this result does not say which format it has",
                          "it is damaged, or was changed by another program; run the scenario again");
  major_ = version->front();
  minor_ = version->back();
  if (major_ > format_major)
    throw core::FileError(
        file_->path(),
        fmt::format("this result has format {}.{}, and poultice {} reads formats up to {}", major_, minor_,
                    core::version(), format_major),
        fmt::format("it was written by {}: install that version or a newer one", software()));
}

std::string ResultFile::text(std::string_view attribute) const { return text_of(*file_, "/", attribute); }

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
    headlines.push_back({name, text_of(*file_, name, "label"), file_->real(name),
                         text_of(*file_, name, "units"), text_of(*file_, name, "display_units")});
  }
  return headlines;
}

}  // namespace poultice::solvers
