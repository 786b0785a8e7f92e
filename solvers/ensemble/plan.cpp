#include "solvers/ensemble/plan.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <string_view>

#include "core/base/sha256.hpp"

namespace poultice::solvers {
namespace {

using core::Index;

/// Feeds values to a hash so that no two different lists of values look alike.
class Hasher {
 public:
  void add(std::uint64_t number) {
    std::array<unsigned char, 8> bytes{};
    for (auto& byte : bytes) {
      byte = static_cast<unsigned char>(number & 0xff);
      number >>= 8;
    }
    hash_.update(bytes.data(), bytes.size());
  }
  void add(Index number) { add(static_cast<std::uint64_t>(number)); }
  void add(double number) { add(std::bit_cast<std::uint64_t>(number)); }
  void add(const std::string& text) {
    add(std::uint64_t{text.size()});
    hash_.update(text.data(), text.size());
  }
  template <class Value>
  void add(const std::vector<Value>& values) {
    add(std::uint64_t{values.size()});
    for (const auto& value : values) add(value);
  }
  void add(const Layout::Headline& headline) { add(headline.name); }
  void add(const Layout::Curve& curve) { add(curve.name); }
  void add(const Layout::Axis& axis) {
    add(axis.name);
    add(axis.n_points);
  }
  void add(const core::EntryTiming& timing) {
    for (const double number : {timing.at, timing.every, timing.times, timing.until})
      add(std::isnan(number) ? -1.0 : number);
  }
  void add(const core::DesignColumn& column) {
    add(column.path);
    add(column.numbers);
    add(column.words);
  }

  [[nodiscard]] std::string hex() const { return hash_.hex(); }

 private:
  core::Sha256 hash_;
};

}  // namespace

std::span<const Index> Plan::members_of(Index block) const {
  const auto begin = block_begin[static_cast<std::size_t>(block)];
  const auto end = block_begin[static_cast<std::size_t>(block) + 1];
  return std::span(order).subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
}

Index Plan::lanes_for(Index n) const {
  constexpr Index lanes_per_register = 8;
  return n == 1 ? 1 : std::min(width, (n + lanes_per_register - 1) / lanes_per_register * lanes_per_register);
}

std::string Plan::computed_hash() const {
  Hasher hasher;
  hasher.add(std::string("poultice-plan 2"));
  hasher.add(software);
  hasher.add(integrator);
  hasher.add(width);
  hasher.add(design.n_members);
  hasher.add(design.columns);
  hasher.add(timings);
  hasher.add(scenarios.first());
  hasher.add(scenarios.changes());
  hasher.add(order);
  hasher.add(block_begin);
  hasher.add(block_group);
  hasher.add(layout.headlines);
  hasher.add(layout.curves);
  hasher.add(layout.profiles);
  hasher.add(layout.axes);
  hasher.add(layout.times);
  hasher.add(layout.profile_times);
  return hasher.hex();
}

std::vector<Index> even_parts(Index total, Index n) {
  std::vector<Index> bounds;
  for (Index i = 0; i <= n; ++i) bounds.push_back(total * i / n);
  return bounds;
}

}  // namespace poultice::solvers
