#include "solvers/record/result_digest.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string_view>

#include "core/base/sha256.hpp"
#include "solvers/record/hdf5_reader.hpp"
#include "solvers/record/result_reader.hpp"

namespace poultice::solvers {
namespace {

void add(core::Sha256& hash, std::uint64_t number) {
  std::array<unsigned char, 8> bytes{};
  for (auto& byte : bytes) {
    byte = static_cast<unsigned char>(number & 0xff);
    number >>= 8;
  }
  hash.update(bytes.data(), bytes.size());
}

void add(core::Sha256& hash, double number) {
  add(hash,
      std::bit_cast<std::uint64_t>(std::isnan(number) ? std::numeric_limits<double>::quiet_NaN() : number));
}

void add(core::Sha256& hash, const std::string& text) {
  add(hash, std::uint64_t{text.size()});
  hash.update(text.data(), text.size());
}

bool is_at_root(std::string_view path) { return path.rfind('/') == 0; }

}  // namespace

std::string digest(const std::filesystem::path& path) {
  const ResultFile result(path);
  const auto& file = result.file();
  core::Sha256 hash;
  for (const auto& array : file.datasets()) {
    if (!is_at_root(array.path)) continue;
    const auto name = array.path.substr(1);
    hash.update(name.c_str(), name.size() + 1);
    add(hash, std::uint64_t{array.shape.size()});
    for (const auto length : array.shape) add(hash, std::uint64_t{length});
    if (array.kind == Hdf5Dataset::Kind::text)
      for (const auto& text : file.texts(array.path)) add(hash, text);
    else
      for (const double number : file.reals(array.path)) add(hash, number);
  }
  return hash.hex();
}

}  // namespace poultice::solvers
