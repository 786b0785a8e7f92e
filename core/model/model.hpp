#pragma once

#include <string>
#include <vector>

#include "core/domain/medium.hpp"
#include "core/model/board.hpp"
#include "core/model/parameter_block.hpp"
#include "core/system/probe.hpp"
#include "core/system/system.hpp"

namespace poultice::core {

/// What a model may touch while the state is laid out.
struct Declaration {
  ParameterView parameters;
  StateLayout& layout;
  Board& board;
};

/// What a model may touch while equations are put together; rows are known.
struct Assembly {
  ParameterView parameters;
  System& system;
  Medium& medium;
  const Board& board;
  std::vector<Probe>& probes;
  std::vector<Axis>& axes;
  std::vector<Headline>& headlines;
  LaneArray&
      amount_scale;  ///< [1][lane], mol: the largest amount that a lane handles; tolerances follow from it
  std::vector<std::string>& warnings;  ///< sentences for the user: what can be simulated but looks wrong

  [[nodiscard]] const StateLayout& layout() const { return system.layout(); }
  [[nodiscard]] Index width() const { return parameters.width(); }
  /// Raises the scale to at least `amount` [lane], mol.
  void note_amount(const double* amount);
  /// "flux" for the table named like its model, "left_arm_flux" for any other.
  [[nodiscard]] std::string own_name(const std::string& name) const;
  /// The probe of the prototype's name, made from it if there is none yet: several tables may add to one
  /// total. The reference is good until the next call.
  Probe& probe(Probe prototype);
  /// [1][lane] filled with one number.
  [[nodiscard]] LaneArray constant(double value) const { return {1, width(), value}; }
};

/// What a model may touch when a schedule acts on it.
struct Happening {
  const Event& event;
  ParameterView parameters;
  const StateLayout& layout;
  LaneSpan state;     ///< [row][lane], mol
  LaneSpan controls;  ///< [control][lane]

  /// SI number of an option of the event, the same for every lane.
  [[nodiscard]] double number(std::string_view option) const { return event.option(option).number; }
  [[nodiscard]] const std::string& text(std::string_view option) const { return event.option(option).text; }
};

/// One table of a scenario at work in one block: which rows it owns, which terms move amounts between them,
/// what a schedule may do to it. Made by its ModelDescription. Keeps handles, never amounts; knows no
/// integrator.
class Model {
 public:
  virtual ~Model() = default;
  /// Claims rows and controls, and offers them to others.
  virtual void declare(Declaration&) = 0;
  /// Looks up what others offer and connects cells to theirs. All models have declared.
  virtual void couple(Declaration&) {}
  /// Adds terms, moieties, probes and headlines. All models have coupled; rows are fixed.
  virtual void assemble(Assembly&) = 0;
  /// Sums up what all models have assembled: totals over every probe, a look at whether things fit together.
  virtual void conclude(Assembly&) {}
  /// Does what an event of the schedule asks for. Must move amounts, never create or lose them.
  virtual void act(Happening&) {}
};

}  // namespace poultice::core
