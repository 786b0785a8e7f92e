#include "solvers/ensemble/trial.hpp"

#include "solvers/ensemble/block_runner.hpp"

namespace poultice::solvers {

Trial try_out(const Plan& plan, const core::Catalogue& catalogue, const std::atomic<bool>* stop) {
  BlockRunner runner(plan, catalogue, stop, std::nullopt);
  const auto rows = runner.run(plan.n_blocks() / 2);
  const auto per_member = plan.layout.n_values() + static_cast<core::Index>(plan.design.columns.size()) + 2;
  return {.n_members = rows.size(),
          .n_failed = rows.n_failed(),
          .seconds = rows.seconds * static_cast<double>(plan.n_blocks()),
          .bytes = static_cast<double>(plan.n_members() * per_member) * sizeof(double)};
}

}  // namespace poultice::solvers
