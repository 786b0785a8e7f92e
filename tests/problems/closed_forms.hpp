#pragma once

#include <vector>

/// Textbook solutions, summed or solved directly; no code of the engine is used. tau = D t / h^2 is the
/// dimensionless time of a slab of thickness h. Sources: Crank, The Mathematics of Diffusion, 2nd ed., Oxford
/// 1975 (slab, finite donor, release); Ash, Barrer, Palmer, Br J Appl Phys 16 (1965) 873 (time lag of
/// laminates).
namespace poultice::problems {

/// Amount through a slab under an infinite donor and above a sink, over the slab's content K u0 h;
/// Crank 4.24.
[[nodiscard]] double slab_infinite_donor(double tau);

/// Fractions of a well-mixed donor's drug that have passed a slab above a sink, and that are still in the
/// donor.
struct FiniteDonor {
  double through, left;
};
/// alpha = capacity of the slab over capacity of the donor, K h / (K_donor l).
[[nodiscard]] FiniteDonor finite_donor(double alpha, double tau);

/// Fraction that has left a uniformly loaded layer, sealed behind, in front of a sink.
[[nodiscard]] double matrix_release(double tau);

/// One layer of a laminate, in any coherent units.
struct Sheet {
  double thickness, diffusivity, partition_coefficient;
};
/// Steady flux per area and unit concentration of the reference phase above a sink.
[[nodiscard]] double laminate_permeability(const std::vector<Sheet>& sheets);
/// Time lag of the amount through an initially empty laminate, first sheet at the donor.
[[nodiscard]] double laminate_lag(const std::vector<Sheet>& sheets);

/// A layer that loses drug at the rate `clearance` times its concentration, over a sealed bottom, in steady
/// state.
struct ClearedLayer {
  double thickness, diffusivity, partition_coefficient, clearance;

  /// Concentration at depth x over that at the top.
  [[nodiscard]] double profile(double x) const;
  /// Flux into the layer per area and unit concentration of the reference phase at its top.
  [[nodiscard]] double uptake_permeability() const;
};

/// Concentration a time t after c0, falling at the rate v c / (K + c): K W((c0/K) exp((c0 - v t) / K)),
/// Schnell & Mendoza, J. Theor. Biol. 187 (1997) 207.
[[nodiscard]] double michaelis_menten(double c0, double K, double v, double t);

/// Binding sites that fill: free drug binds at a (1 - bound/sites) and comes off at d. Amount bound a time t
/// after `total` was free; Riccati's equation.
struct SaturableSites {
  double binding, release, sites, total;

  [[nodiscard]] double bound(double t) const;
};

/// One to three mammillary compartments, the central one first.
struct Compartments {
  std::vector<double> volumes;
  double clearance;
  std::vector<double> exchange;  ///< clearances between the central and each other compartment

  /// Amount in the central compartment a time t after a unit bolus into it, by the eigenvalues of the rate
  /// matrix.
  [[nodiscard]] double after_bolus(double t) const;
  /// The same a time t after the start of an infusion of unit rate.
  [[nodiscard]] double under_infusion(double t) const;

 private:
  /// Sum of weight_i * f(rate_i) over the exponentials of the bolus response.
  template <class Function>
  [[nodiscard]] double over_exponentials(const Function& f) const;
};

}  // namespace poultice::problems
