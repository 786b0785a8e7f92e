#include "solvers/grid/line_sweeps.hpp"

#include <array>
#include <vector>

#include "core/system/lane_loop.hpp"
#include "solvers/linear/lane_pack.hpp"

namespace poultice::solvers {

using core::Index;

namespace {

using Square = std::array<LanePack, static_cast<std::size_t>(pack_lanes)>;
using Order [[gnu::vector_size(8 * pack_lanes)]] = long long;

/// Elements of a and, after them, of b, in this order.
inline LanePack shuffled(const LanePack& a, const LanePack& b, const Order& order) {
#if defined(__clang__)
  LanePack out{};
  for (Index e = 0; e < pack_lanes; ++e)
    out[e] = order[e] < pack_lanes ? a[order[e]] : b[order[e] - pack_lanes];
  return out;
#else
  return __builtin_shuffle(a, b, order);
#endif
}

/// Exchanges element `apart` of pairs of vectors that lie as far apart.
template <Index apart>
inline void exchange(Square& square) {
  Order low{}, high{};
  for (Index e = 0; e < pack_lanes; ++e) {
    low[e] = (e & apart) != 0 ? pack_lanes + e - apart : e;
    high[e] = (e & apart) != 0 ? pack_lanes + e : e + apart;
  }
  for (Index i = 0; i < pack_lanes; ++i) {
    if ((i & apart) != 0) continue;
    const auto a = static_cast<std::size_t>(i), b = static_cast<std::size_t>(i + apart);
    const LanePack first = shuffled(square[a], square[b], low);
    square[b] = shuffled(square[a], square[b], high);
    square[a] = first;
  }
}

/// Rows become columns.
inline void transpose(Square& square) {
  if constexpr (pack_lanes >= 8) exchange<4>(square);
  if constexpr (pack_lanes >= 4) exchange<2>(square);
  exchange<1>(square);
}

/// As many rows as packs have lanes, twice over: two chains of dependent operations run side by side.
constexpr Index n_groups = 2, n_together = n_groups * pack_lanes;

struct Rows {
  std::array<double*, static_cast<std::size_t>(n_together)> begin;
  [[nodiscard]] double* of(Index group, Index lane) const {
    return begin[static_cast<std::size_t>(group * pack_lanes + lane)];
  }
};

using Pair = std::array<LanePack, static_cast<std::size_t>(n_groups)>;

inline void get(const Rows& rows, Index group, Index first, Square& square) {
  for (Index lane = 0; lane < pack_lanes; ++lane)
    load(square[static_cast<std::size_t>(lane)], rows.of(group, lane) + first);
  transpose(square);
}

inline void put(const Rows& rows, Index group, Index first, Square& square) {
  transpose(square);
  for (Index lane = 0; lane < pack_lanes; ++lane)
    store(rows.of(group, lane) + first, square[static_cast<std::size_t>(lane)]);
}

/// `kept` [cell] holds what elimination leaves, lines innermost.
void sweep_together(const LineFactor& factor, const Rows& rows, std::vector<Pair>& kept) {
  const auto n = static_cast<Index>(factor.volume.size()), n_whole = n - n % pack_lanes;
  const double* volume = factor.volume.data();
  const double* gain = factor.gain.data();
  const double* pass = factor.pass.data();
  Pair r{};
  double before = 0.0;
  for (Index first = 0; first < n_whole; first += pack_lanes) {
    std::array<Square, static_cast<std::size_t>(n_groups)> cells;
    for (Index g = 0; g < n_groups; ++g) get(rows, g, first, cells[static_cast<std::size_t>(g)]);
    for (Index e = 0; e < pack_lanes; ++e) {
      const Index i = first + e;
      for (std::size_t g = 0; g < n_groups; ++g)
        r[g] = volume[i] * cells[g][static_cast<std::size_t>(e)] + before * r[g];
      kept[static_cast<std::size_t>(i)] = r;
      before = pass[i];
    }
  }
  for (Index i = n_whole; i < n; ++i) {
    for (Index g = 0; g < n_groups; ++g)
      for (Index lane = 0; lane < pack_lanes; ++lane)
        r[static_cast<std::size_t>(g)][lane] =
            volume[i] * rows.of(g, lane)[i] + before * r[static_cast<std::size_t>(g)][lane];
    kept[static_cast<std::size_t>(i)] = r;
    before = pass[i];
  }

  Pair u{};
  for (Index i = n - 1; i >= n_whole; --i)
    for (Index g = 0; g < n_groups; ++g) {
      auto& here = u[static_cast<std::size_t>(g)];
      here = gain[i] * kept[static_cast<std::size_t>(i)][static_cast<std::size_t>(g)] + pass[i] * here;
      for (Index lane = 0; lane < pack_lanes; ++lane) rows.of(g, lane)[i] = here[lane];
    }
  for (Index first = n_whole - pack_lanes; first >= 0; first -= pack_lanes) {
    std::array<Square, static_cast<std::size_t>(n_groups)> cells;
    for (Index e = pack_lanes - 1; e >= 0; --e) {
      const Index i = first + e;
      for (std::size_t g = 0; g < n_groups; ++g) {
        u[g] = gain[i] * kept[static_cast<std::size_t>(i)][g] + pass[i] * u[g];
        cells[g][static_cast<std::size_t>(e)] = u[g];
      }
    }
    for (Index g = 0; g < n_groups; ++g) put(rows, g, first, cells[static_cast<std::size_t>(g)]);
  }
}

}  // namespace

void sweep_rows(const LineFactor& factor, Index n_rows, double* plane) {
  const auto n = static_cast<Index>(factor.volume.size());
  thread_local std::vector<Pair> kept;
  thread_local std::vector<double> nobody;  // where rows that are not there are read and written
  if (kept.size() < factor.volume.size()) kept.resize(factor.volume.size());
  if (n_rows % n_together != 0) nobody.assign(factor.volume.size(), 0.0);
  for (Index first = 0; first < n_rows; first += n_together) {
    Rows rows{};
    for (Index row = 0; row < n_together; ++row)
      rows.begin[static_cast<std::size_t>(row)] =
          first + row < n_rows ? plane + (first + row) * n : nobody.data();
    sweep_together(factor, rows, kept);
  }
}

void eliminate(const LineFactor& factor, Index i, Index n_lines, const double* before, double* here) {
  const double volume = factor.volume[static_cast<std::size_t>(i)];
  if (i == 0) {
    core::for_lanes(n_lines, [=](Index line) { here[line] *= volume; });
    return;
  }
  const double pass = factor.pass[static_cast<std::size_t>(i - 1)];
  core::for_lanes(n_lines, [=](Index line) { here[line] = volume * here[line] + pass * before[line]; });
}

void substitute(const LineFactor& factor, Index i, Index n_lines, const double* after, double* here) {
  const double gain = factor.gain[static_cast<std::size_t>(i)],
               pass = factor.pass[static_cast<std::size_t>(i)];
  if (static_cast<std::size_t>(i) + 1 == factor.gain.size()) {
    core::for_lanes(n_lines, [=](Index line) { here[line] *= gain; });
    return;
  }
  core::for_lanes(n_lines, [=](Index line) { here[line] = gain * here[line] + pass * after[line]; });
}

void sweep_columns(const LineFactor& factor, Index n_lines, double* plane) {
  const auto n = static_cast<Index>(factor.volume.size());
  for (Index i = 0; i < n; ++i) eliminate(factor, i, n_lines, plane + (i - 1) * n_lines, plane + i * n_lines);
  for (Index i = n - 1; i >= 0; --i)
    substitute(factor, i, n_lines, plane + (i + 1) * n_lines, plane + i * n_lines);
}

}  // namespace poultice::solvers
