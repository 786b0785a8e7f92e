#include "solvers/contour/row_sums.hpp"

#include <algorithm>

namespace poultice::solvers {

using core::Index;

RowSums::RowSums(std::vector<Entry> entries, Index width) {
  std::erase_if(entries, [&](const Entry& entry) {
    return std::all_of(entry.weight, entry.weight + width, [](double w) { return w == 0.0; });
  });
  std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return a.row != b.row ? a.row < b.row : a.sum < b.sum;
  });
  const auto is_last_group = [&](std::size_t first, std::size_t end) {
    if (groups_.empty()) return false;
    const auto& group = groups_.back();
    if (entries[first].row != group.end || end - first != group.end_part - group.first_part) return false;
    for (auto i = first; i < end; ++i) {
      const auto& part = parts_[group.first_part + (i - first)];
      if (entries[i].sum != part.sum) return false;
      if (entries[i].weight != part.weight &&
          !std::equal(part.weight, part.weight + width, entries[i].weight))
        return false;
    }
    return true;
  };
  for (std::size_t first = 0, end = 0; first < entries.size(); first = end) {
    const Index row = entries[first].row;
    while (end < entries.size() && entries[end].row == row) ++end;
    if (is_last_group(first, end)) {
      ++groups_.back().end;
      continue;
    }
    groups_.push_back({row, row + 1, parts_.size(), parts_.size() + (end - first)});
    for (auto i = first; i < end; ++i) parts_.push_back({entries[i].sum, entries[i].weight});
  }
}

}  // namespace poultice::solvers
