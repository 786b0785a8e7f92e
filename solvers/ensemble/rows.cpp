#include "solvers/ensemble/rows.hpp"

#include <algorithm>
#include <limits>

namespace poultice::solvers {
namespace {

using core::Index;

/// Some rows of an array that holds `n` of them.
struct Part {
  Index n, first, count;

  template <class Value>
  void append(std::vector<Value>& values, const std::vector<Value>& more) const {
    const auto per_row = static_cast<Index>(more.size()) / n;
    values.insert(values.end(), more.begin() + first * per_row, more.begin() + (first + count) * per_row);
  }
  void append(std::vector<std::vector<double>>& arrays, const std::vector<std::vector<double>>& more) const {
    arrays.resize(more.size());
    for (std::size_t i = 0; i < more.size(); ++i) append(arrays[i], more[i]);
  }
};

}  // namespace

Rows::Rows(const Layout& layout, Index n)
    : members(static_cast<std::size_t>(n), -1),
      status(static_cast<std::size_t>(n), static_cast<std::int8_t>(MemberStatus::not_run)),
      status_text(static_cast<std::size_t>(n)) {
  const auto unknown = [n](std::size_t per_member) {
    return std::vector<double>(static_cast<std::size_t>(n) * per_member,
                               std::numeric_limits<double>::quiet_NaN());
  };
  headlines.assign(layout.headlines.size(), unknown(1));
  curves.assign(layout.curves.size(), unknown(layout.times.size()));
  for (const auto& profile : layout.profiles)
    profiles.push_back(unknown(layout.profile_times.size() *
                               static_cast<std::size_t>(layout.find_axis(profile.axis)->n_points)));
  for (const auto& axis : layout.axes) positions.push_back(unknown(static_cast<std::size_t>(axis.n_points)));
}

Index Rows::n_failed() const {
  return std::count_if(status.begin(), status.end(), [](std::int8_t it) { return it != 0; });
}

void Rows::append(const Rows& more, Index first, Index count) {
  if (more.size() == 0) return;
  const Part part{more.size(), first, count};
  part.append(members, more.members);
  part.append(status, more.status);
  part.append(status_text, more.status_text);
  part.append(headlines, more.headlines);
  part.append(curves, more.curves);
  part.append(profiles, more.profiles);
  part.append(positions, more.positions);
}

void Rows::append(const Rows& more) {
  append(more, 0, more.size());
  seconds += more.seconds;
  steps += more.steps;
}

}  // namespace poultice::solvers
