#include "solvers/time/rosenbrock_tableau.hpp"

#include <algorithm>

#include "core/base/check.hpp"

namespace poultice::solvers {

namespace {

/// Weights of the continuous extension y0 (1 - theta) + theta (y1 + (1 - theta) sum_k theta^k sum_i H_ki
/// U_i), the form in which the RODAS family states it.
void set_rodas_dense(RosenbrockTableau& t, const std::array<RosenbrockTableau::Weights, 3>& H) {
  for (std::size_t i = 0; i < t.stages; ++i) {
    t.dense[0][i] = t.step[i] + H[0][i];
    t.dense[1][i] = H[1][i] - H[0][i];
    t.dense[2][i] = H[2][i] - H[1][i];
    t.dense[3][i] = -H[2][i];
  }
}

/// J. Rang & L. Angermann, BIT 45 (2005) 761: order 3, L-stable, stiffly accurate, keeps its order on
/// parabolic problems. Transformed in 40 digits; the continuous extension is the one that meets all
/// conditions of order 3 at every theta.
RosenbrockTableau ros34pw2() {
  RosenbrockTableau t{.name = "ROS34PW2", .stages = 4, .order = 3, .error_order = 3, .dense_order = 3};
  t.gamma = 0.43586652150845900;
  t.a[1] = {2.0};
  t.a[2] = {1.4192173174557647, -0.25923221167296971};
  t.a[3] = {4.1847604823191607, -0.28519201735549591, 2.2942803602790417};
  t.c[1] = {-4.5885607205580834};
  t.c[2] = {-4.1847604823191607, 0.28519201735549591};
  t.c[3] = {-6.3681792001283576, -6.7956209444668362, 2.8700986043310561};
  t.alpha = {0.0, 0.87173304301691800, 0.73157995778885238, 1.0};
  t.d = {0.43586652150845900, -0.43586652150845900, -0.41333337623388649, 0.0};
  t.step = {4.1847604823191607, -0.28519201735549591, 2.2942803602790417, 1.0};
  t.error = {0.27774994764796873, -1.4032398951759991, 1.7726301276675511, 0.5};
  t.dense[0] = {0.83265902315439200, -1.4616213371246573, 0.0, -2.3981200751955799};
  t.dense[1] = {4.5207842005203410, -4.7279543222840019, 9.7529396851681559, 5.5019597901121177};
  t.dense[2] = {-1.1686827413555727, 5.9043836420531673, -7.4586593248891277, -2.1038397149165384};
  return t;
}

/// G. Steinebach, BIT Numer. Math. 63 (2023) 27.
RosenbrockTableau rodas5p() {
  RosenbrockTableau t{.name = "RODAS5P", .stages = 8, .order = 5, .error_order = 5, .dense_order = 4};
  t.gamma = 0.21193756319429014;
  t.a[1] = {3.0};
  t.a[2] = {2.849394379747939, 0.45842242204463923};
  t.a[3] = {-6.954028509809101, 2.489845061869568, -10.358996098473584};
  t.a[4] = {2.8029986275628964, 0.5072464736228206, -0.3988312541770524, -0.04721187230404641};
  t.a[5] = {-7.502846399306121, 2.561846144803919, -11.627539656261098, -0.18268767659942256,
            0.030198172008377946};
  t.a[6] = t.a[5];
  t.a[6][5] = 1.0;
  t.a[7] = t.a[6];
  t.a[7][6] = 1.0;
  t.c[1] = {-14.155112264123755};
  t.c[2] = {-17.97296035885952, -2.859693295451294};
  t.c[3] = {147.12150275711716, -1.41221402718213, 71.68940251302358};
  t.c[4] = {165.43517024871676, -0.4592823456491126, 42.90938336958603, -5.961986721573306};
  t.c[5] = {24.854864614690072, -3.0009227002832186, 47.4931110020768, 5.5814197821558125,
            -0.6610691825249471};
  t.c[6] = {30.91273214028599, -3.1208243349937974, 77.79954646070892,
            34.28646028294783, -19.097331116725623, -28.087943162872662};
  t.c[7] = {37.80277123390563,  -3.2571969029072276, 112.26918849496327, 66.9347231244047,
            -40.06618937091002, -54.66780262877968,  -9.48861652309627};
  t.alpha = {0.0, 0.6358126895828704, 0.4095798393397535, 0.9769306725060716, 0.4288403609558664, 1.0, 1.0,
             1.0};
  t.d = {0.21193756319429014,
         -0.42387512638858027,
         -0.3384627126235924,
         1.8046452872882734,
         2.325825639765069,
         0.0,
         0.0,
         0.0};
  t.step = t.a[7];
  t.step[7] = 1.0;
  t.error[7] = 1.0;
  set_rodas_dense(t, {{{25.948786856663858, -2.5579724845846235, 10.433815404888879, -2.3679251022685204,
                        0.524948541321073, 1.1241088310450404, 0.4272876194431874, -0.17202221070155493},
                       {-9.91568850695171, -0.9689944594115154, 3.0438037242978453, -24.495224566215796,
                        20.176138334709044, 15.98066361424651, -6.789040303419874, -6.710236069923372},
                       {11.419903575922262, 2.8879645146136994, 72.92137995996029, 80.12511834622643,
                        -52.072871366152654, -59.78993625266729, -0.15582684282751913, 4.883087185713722}}});
  return t;
}

}  // namespace

RosenbrockTableau restricted_pade(std::string_view name, std::size_t stages, double gamma,
                                  double error_scale) {
  POULTICE_ASSERT(stages >= 3 && stages <= RosenbrockTableau::max_stages);
  const int order = static_cast<int>(stages) - 1;
  RosenbrockTableau t{.name = name,
                      .stages = stages,
                      .order = order,
                      .error_order = order,
                      .dense_order = order,
                      .gamma = gamma,
                      .is_chain = true};
  // Alternating sums lose digits: they are formed with some to spare.
  using Real = long double;
  const auto binomial = [](std::size_t n, std::size_t k) {
    Real product = 1;
    for (std::size_t i = 1; i <= k; ++i)
      product = product * static_cast<Real>(n - k + i) / static_cast<Real>(i);
    return product;
  };
  const auto sign = [](std::size_t n) { return n % 2 == 0 ? Real(1) : Real(-1); };
  // With x = 1 / (1 - gamma z) the chain gives U_j = (x^j - x^(j-1)) y, whose power series in z has
  // gamma^k (j + k - 2 over k - 1) at z^k: Pascal's symmetric matrix P = L L', whose inverse is integer.
  // P m = r with r_k = 1 / (k! gamma^k) for k < stages; the last r is what makes m_1 = 1, hence R(-inf) = 0.
  const auto inverse_of_l = [&](std::size_t i, std::size_t k) { return sign(i + k) * binomial(i, k); };
  std::array<Real, RosenbrockTableau::max_stages> r{};
  const std::size_t n = stages - 1;
  Real power = 1;
  for (std::size_t k = 0; k < n; ++k) {
    power *= static_cast<Real>(gamma) * static_cast<Real>(k + 1);
    r[k] = 1 / power;
  }
  Real left = 1;
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t k = 0; k <= i; ++k) left -= sign(i) * inverse_of_l(i, k) * r[k];
  r[n] = sign(n) * left;
  for (std::size_t k = 0; k < n; ++k) r[n] -= inverse_of_l(n, k) * r[k];
  // At theta the conditions are r_k theta^k, each power of which gives weights of its own.
  for (std::size_t j = 0; j < stages; ++j) {
    Real sum = 0;
    for (std::size_t k = 0; k < stages; ++k) {
      Real weight = 0;
      for (std::size_t i = std::max(j, k); i < stages; ++i)
        weight += inverse_of_l(i, j) * inverse_of_l(i, k) * r[k];
      t.dense[k][j] = static_cast<double>(weight);
      sum += weight;
    }
    t.step[j] = j == 0 ? 1.0 : static_cast<double>(sum);
  }
  // error_scale (gamma z)^order x^stages: of the right order for smooth parts, none for the stiffest.
  for (std::size_t j = 1; j < stages; ++j)
    t.error[j] = error_scale * static_cast<double>(sign(n - j) * binomial(n - 1, j - 1));
  return t;
}

const RosenbrockTableau& rosenbrock_tableau(RosenbrockMethod method) {
  // gamma just above the bound 0.18391465 of A-stability for 6 solves (Hairer & Wanner II, table IV.6.4). The
  // scale is the one at which an exponential decay is followed about as exactly as the tolerance asks.
  static const auto pade = restricted_pade("restricted Padé", 6, 0.184, 0.05);
  static const auto order3 = ros34pw2();
  static const auto order5 = rodas5p();
  switch (method) {
    case RosenbrockMethod::pade5:
      return pade;
    case RosenbrockMethod::ros34pw2:
      return order3;
    default:
      POULTICE_ASSERT(method == RosenbrockMethod::rodas5p);
      return order5;
  }
}

}  // namespace poultice::solvers
