#include "solvers/ensemble/sweep_status.hpp"

#include <algorithm>
#include <cctype>
#include <map>

#include "solvers/record/hdf5_reader.hpp"

namespace poultice::solvers {

using core::Index;

std::string without_numbers(const std::string& text) {
  std::string plain;
  bool is_in_number = false;
  const auto is_digit = [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; };
  for (std::size_t i = 0; i < text.size() && text[i] != '\n'; ++i) {
    const bool goes_on = is_in_number &&
                         (text[i] == '.' || text[i] == 'e' || text[i] == '-' || text[i] == '+') &&
                         i + 1 < text.size() && (is_digit(text[i + 1]) || text[i + 1] == '-');
    if (is_digit(text[i]) || goes_on) {
      if (!is_in_number) plain += "…";
      is_in_number = true;
    } else {
      plain += text[i];
      is_in_number = false;
    }
  }
  return plain;
}

SweepStatus sweep_status(const Plan& plan, const SweepFolder& folder) {
  SweepStatus status{.n_members = plan.n_members()};
  const auto pieces = folder.pieces(plan);
  const auto done = blocks_done(plan, pieces);
  std::map<std::string, Index> counts;
  std::vector<bool> is_counted(done.size(), false);
  for (const auto& piece : pieces) {
    // Two processes that ran the same shard leave the same results twice.
    if (is_counted[static_cast<std::size_t>(piece.first_block)]) continue;
    std::fill(is_counted.begin() + piece.first_block, is_counted.begin() + piece.end_block, true);
    status.n_ok += piece.n_members - piece.n_failed;
    status.n_failed += piece.n_failed;
    status.seconds += piece.seconds;
    if (piece.n_failed == 0) continue;
    for (const auto& text : Hdf5Reader(piece.file.string()).texts("status_text"))
      ++counts[without_numbers(text)];
  }
  status.causes.assign(counts.begin(), counts.end());
  std::ranges::stable_sort(status.causes, [](const auto& a, const auto& b) { return a.second > b.second; });
  for (Index shard = 0; shard < plan.n_shards(); ++shard) {
    const auto first = done.begin() + plan.shard_begin[static_cast<std::size_t>(shard)];
    const auto end = done.begin() + plan.shard_begin[static_cast<std::size_t>(shard) + 1];
    const auto n_done = std::count(first, end, true);
    (n_done == end - first ? status.done : n_done > 0 ? status.begun : status.missing).push_back(shard);
  }
  return status;
}

}  // namespace poultice::solvers
