#include "core/study/correlation_reader.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "core/base/text.hpp"

namespace poultice::core {
namespace {

const std::string list_key = "sweep.correlations";

const ParameterSpec& rank_spec() {
  static const auto spec = quantity("rank", "1").between(-0.999, 0.999).means("Spearman's rank correlation.");
  return spec;
}

/// Reads one `[[sweep.correlations]]`.
class Reader {
 public:
  Reader(const Node& node, const std::vector<Distribution>& distributions, const Tier& tier,
         ProblemList& problems)
      : node_(node), distributions_(distributions), tier_(tier), problems_(problems) {}

  std::optional<RankCorrelation> read() {
    if (node_.kind != Node::Kind::table) {
      refuse(problems_, node_.place, list_key, "a correlation is a table", node_.described(),
             "[[sweep.correlations]]");
      return std::nullopt;
    }
    check_keys();
    const auto rank = read_rank();
    const auto paths = read_paths();
    if (!rank || !paths) return std::nullopt;
    return RankCorrelation{paths->first, paths->second, *rank, node_.place};
  }

 private:
  void check_keys() {
    static const std::vector<std::string> known{"between", "rank"};
    for (const auto& entry : node_.entries) {
      if (std::find(known.begin(), known.end(), entry.key) != known.end()) continue;
      const auto best = nearest(entry.key, known);
      refuse(problems_, entry.place, list_key, "unknown key", entry.key, joined(known),
             best.empty() ? "" : fmt::format("did you mean {}?", best));
    }
  }

  std::optional<double> read_rank() {
    const auto* rank = node_.find("rank");
    if (rank == nullptr) {
      refuse(problems_, node_.place, list_key, "the rank correlation is missing", "", accepted(rank_spec()),
             "write rank = 0.5");
      return std::nullopt;
    }
    const auto value = read_value(rank_spec(), list_key + ".rank", *rank, tier_, problems_);
    return value ? std::optional(value->number) : std::nullopt;
  }

  std::optional<std::pair<std::string, std::string>> read_paths() {
    const auto* between = node_.find("between");
    const bool is_pair = between != nullptr && between->kind == Node::Kind::array &&
                         between->items.size() == 2 &&
                         std::all_of(between->items.begin(), between->items.end(),
                                     [](const auto& item) { return item.kind == Node::Kind::text; });
    if (!is_pair) {
      refuse(problems_, between == nullptr ? node_.place : between->place, list_key,
             "two parameters are needed", between == nullptr ? "" : between->described(),
             "between = [\"one.path\", \"another.path\"]");
      return std::nullopt;
    }
    const auto& first = between->items[0];
    const auto& second = between->items[1];
    const bool are_drawn = is_drawn(first) && is_drawn(second);
    if (are_drawn && first.text == second.text)
      refuse(problems_, second.place, list_key, "a parameter goes with itself", second.written,
             "two different parameters");
    if (!are_drawn || first.text == second.text) return std::nullopt;
    return std::pair(first.text, second.text);
  }

  bool is_drawn(const Node& path) {
    std::vector<std::string> ordered;
    for (const auto& distribution : distributions_) {
      if (distribution.kind != Distribution::Kind::categorical)
        ordered.push_back(distribution.path);
      else if (distribution.path == path.text) {
        refuse(problems_, path.place, list_key, "categories have no ranks to correlate", path.written,
               "a parameter with any other distribution");
        return false;
      }
    }
    if (std::find(ordered.begin(), ordered.end(), path.text) != ordered.end()) return true;
    const auto best = nearest(path.text, ordered);
    refuse(problems_, path.place, list_key, "no distribution is given for this parameter", path.written,
           ordered.empty() ? "a path in [sweep.distributions]" : joined(ordered),
           best.empty() ? "" : fmt::format("did you mean \"{}\"?", best));
    return false;
  }

  const Node& node_;
  const std::vector<Distribution>& distributions_;
  const Tier& tier_;
  ProblemList& problems_;
};

bool are_of_one_pair(const RankCorrelation& a, const RankCorrelation& b) {
  return (a.first == b.first && a.second == b.second) || (a.first == b.second && a.second == b.first);
}

}  // namespace

std::vector<RankCorrelation> read_correlations(const Node& list,
                                               const std::vector<Distribution>& distributions,
                                               const Tier& tier, ProblemList& problems) {
  if (list.kind != Node::Kind::array) {
    refuse(problems, list.place, list_key, "the correlations are a list", list.described(),
           "[[sweep.correlations]] for each pair", "write [[sweep.correlations]] with double brackets");
    return {};
  }
  std::vector<RankCorrelation> correlations;
  for (const auto& item : list.items) {
    auto found = Reader(item, distributions, tier, problems).read();
    if (!found) continue;
    if (std::any_of(correlations.begin(), correlations.end(),
                    [&](const auto& other) { return are_of_one_pair(other, *found); }))
      refuse(problems, found->place, list_key, "this pair is correlated twice",
             fmt::format("{} and {}", found->first, found->second), "each pair once");
    else
      correlations.push_back(std::move(*found));
  }
  if (!can_hold_together(distributions, correlations))
    refuse(problems, correlations.back().place, list_key, "the correlations contradict one another",
           fmt::format("{} pairs", correlations.size()), "correlations that can all hold at once",
           "two parameters that both go with a third cannot go against each other as strongly");
  return correlations;
}

}  // namespace poultice::core
