#include "solvers/record/result_digest.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <numeric>
#include <string_view>
#include <vector>

#include "core/base/sha256.hpp"
#include "solvers/record/file_format.hpp"
#include "solvers/record/hdf5_reader.hpp"
#include "solvers/record/result_file.hpp"

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

/// All numbers of an array, row by row where it is large.
void add_numbers(core::Sha256& hash, const Hdf5Reader& file, const Hdf5Dataset& array) {
  constexpr std::size_t values_at_once = 1 << 22;
  const auto add_all = [&](const std::vector<double>& numbers) {
    for (const double number : numbers) add(hash, number);
  };
  if (array.shape.empty()) return add_all(file.reals(array.path));
  const auto n_rows = array.shape.front();
  const auto per_row =
      std::accumulate(array.shape.begin() + 1, array.shape.end(), std::size_t{1}, std::multiplies<>());
  const auto rows_at_once = std::max<std::size_t>(values_at_once / std::max<std::size_t>(per_row, 1), 1);
  for (std::size_t first = 0; first < n_rows; first += rows_at_once)
    add_all(file.rows(array.path, first, std::min(rows_at_once, n_rows - first)));
}

}  // namespace

std::string digest(const std::filesystem::path& path) {
  const Hdf5Reader file(path.string());
  (void)read_format(file, {result_filetype, sweep_filetype});
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
      add_numbers(hash, file, array);
  }
  return hash.hex();
}

}  // namespace poultice::solvers
