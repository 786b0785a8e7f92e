#include "solvers/ensemble/neighbours.hpp"

#include <algorithm>
#include <numeric>
#include <span>

namespace poultice::solvers {

using core::Index;

namespace {

class Halving {
 public:
  Halving(const std::vector<std::vector<double>>& coordinates, Index width)
      : coordinates_(coordinates), width_(width) {}

  void halve(std::span<Index> members) const {
    const auto n = static_cast<Index>(members.size());
    if (n <= width_ || coordinates_.empty()) {
      std::sort(members.begin(), members.end());
      return;
    }
    const auto& values = widest(members);
    const Index n_blocks = (n + width_ - 1) / width_;
    const auto middle = static_cast<std::size_t>(n_blocks / 2 * width_);
    const auto is_before = [&](Index a, Index b) {
      const double x = values[static_cast<std::size_t>(a)], y = values[static_cast<std::size_t>(b)];
      return x < y || (x == y && a < b);
    };
    std::nth_element(members.begin(), members.begin() + static_cast<std::ptrdiff_t>(middle), members.end(),
                     is_before);
    halve(members.first(middle));
    halve(members.subspan(middle));
  }

 private:
  [[nodiscard]] const std::vector<double>& widest(std::span<const Index> members) const {
    const std::vector<double>* found = &coordinates_.front();
    double largest = -1.0;
    for (const auto& values : coordinates_) {
      double low = values[static_cast<std::size_t>(members.front())], high = low;
      for (const Index member : members) {
        low = std::min(low, values[static_cast<std::size_t>(member)]);
        high = std::max(high, values[static_cast<std::size_t>(member)]);
      }
      if (high - low > largest) largest = high - low, found = &values;
    }
    return *found;
  }

  const std::vector<std::vector<double>>& coordinates_;
  Index width_;
};

}  // namespace

std::vector<Index> neighbours_together(const std::vector<std::vector<double>>& coordinates, Index n_members,
                                       Index width) {
  std::vector<Index> order(static_cast<std::size_t>(n_members));
  std::iota(order.begin(), order.end(), Index{0});
  Halving(coordinates, width).halve(order);
  return order;
}

}  // namespace poultice::solvers
