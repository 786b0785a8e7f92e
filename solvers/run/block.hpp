#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/model/model.hpp"

namespace poultice::solvers {

/// The models of a scenario put together for one block of members: equations, probes, and what events do to
/// them.
class Block {
 public:
  /// Throws ModelError when the models do not fit together. `parameters` must outlive the block.
  explicit Block(const core::ParameterBlock& parameters);

  [[nodiscard]] core::Index width() const noexcept { return parameters_.width(); }
  [[nodiscard]] const core::Scenario& scenario() const noexcept { return parameters_.scenario(); }
  [[nodiscard]] const core::ParameterBlock& parameters() const noexcept { return parameters_; }
  [[nodiscard]] core::System& system() noexcept { return *system_; }
  [[nodiscard]] const core::System& system() const noexcept { return *system_; }
  [[nodiscard]] const std::vector<core::Probe>& probes() const noexcept { return probes_; }
  [[nodiscard]] const std::vector<core::Axis>& axes() const noexcept { return axes_; }
  [[nodiscard]] const std::vector<core::Headline>& headlines() const noexcept { return headlines_; }
  /// What can be simulated but looks wrong, in sentences.
  [[nodiscard]] const std::vector<std::string>& warnings() const noexcept { return warnings_; }
  /// [1][lane], mol
  [[nodiscard]] const core::LaneArray& amount_scale() const noexcept { return amount_scale_; }
  /// Absolute tolerance of every row [1][lane], mol: the scenario's fraction of the amount scale.
  [[nodiscard]] core::LaneArray absolute_tolerance() const;

  /// Before any event: nothing anywhere, all settings as declared. [row][lane], [control][lane]
  [[nodiscard]] core::LaneArray initial_state() const;
  [[nodiscard]] core::LaneArray initial_controls() const;
  /// Lets the event's model move amounts in `state` and switch `controls`.
  void act(const core::Event& event, core::LaneSpan state, core::LaneSpan controls) const;

 private:
  struct Member {
    const core::Instance* instance;
    std::unique_ptr<core::Model> model;
  };
  const core::ParameterBlock& parameters_;
  std::vector<Member> models_;
  std::unique_ptr<core::System> system_;
  std::unique_ptr<core::Medium> medium_;
  std::vector<core::Probe> probes_;
  std::vector<core::Axis> axes_;
  std::vector<core::Headline> headlines_;
  core::LaneArray amount_scale_;
  std::vector<std::string> warnings_;
};

}  // namespace poultice::solvers
