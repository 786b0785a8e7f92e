#pragma once

#include <utility>
#include <vector>

#include "core/system/lane_array.hpp"

namespace poultice::solvers {

/// Weighted sums of rows of a vector. Rows that follow one another and are weighed alike by every sum, as the
/// cells of a layer are, make a group: they are added up first, and weighed once.
class RowSums {
 public:
  struct Entry {
    core::Index sum, row;
    const double* weight;  ///< [lane]; must outlive the sums
  };
  struct Group {
    core::Index first, end;  ///< rows
    std::size_t first_part, end_part;
  };
  /// What a group adds to a sum.
  struct Part {
    core::Index sum;
    const double* weight;
  };

  RowSums() = default;
  /// Entries whose weights are zero in all lanes are left out.
  RowSums(std::vector<Entry> entries, core::Index width);

  [[nodiscard]] core::Index n_groups() const noexcept { return static_cast<core::Index>(groups_.size()); }
  [[nodiscard]] const std::vector<Group>& groups() const noexcept { return groups_; }
  [[nodiscard]] const std::vector<Part>& parts() const noexcept { return parts_; }

  /// Calls add(sum, weight, total) for every group and what it adds to, total being the sum of of_row(row)
  /// over its rows.
  template <class OfRow, class Add>
  void evaluate(OfRow&& of_row, Add&& add) const {
    for (const auto& group : groups_) {
      const auto total = total_of(group, of_row);
      for (auto part = group.first_part; part < group.end_part; ++part)
        add(parts_[part].sum, parts_[part].weight, total);
    }
  }
  /// The sum of of_row(row) over the rows of a group.
  template <class OfRow>
  [[nodiscard]] static auto total_of(const Group& group, OfRow&& of_row) {
    auto total = of_row(group.first);
    for (auto row = group.first + 1; row < group.end; ++row) total += of_row(row);
    return total;
  }

 private:
  std::vector<Group> groups_;
  std::vector<Part> parts_;
};

}  // namespace poultice::solvers
