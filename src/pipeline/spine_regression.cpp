#include "pipeline/spine_regression.hpp"

#include "numeric/random.hpp"
#include "numeric/ridge_regression.hpp"
#include "pipeline/spine_baselines.hpp"
#include "types/units.hpp"

#include <array>
#include <cmath>
#include <set>
#include <stdexcept>
#include <string>

namespace matfit {

namespace {

constexpr std::size_t folds = 10;
constexpr std::uint64_t fold_seed = 10;  // any; the traits of made-up cases take turns by index
constexpr std::size_t fewest_people = 20;

std::size_t fold_of(std::size_t person) { return derived_seed(fold_seed, person) % folds; }

// Postures that are regressed together.
int group_of(Posture posture) { return is_side(posture) ? 0 : posture == Posture::supine ? 1 : 2; }

// With squares and products.
Eigen::MatrixXd curved(const Eigen::MatrixXd& x) {
  const Eigen::Index n = x.cols();
  Eigen::MatrixXd out(x.rows(), n + n * (n + 1) / 2);
  out.leftCols(n) = x;
  Eigen::Index next = n;
  for (Eigen::Index i = 0; i < n; ++i) {
    for (Eigen::Index j = i; j < n; ++j) out.col(next++) = x.col(i).cwiseProduct(x.col(j));
  }
  return out;
}

// Both regressions on some people, of which the better one speaks for each value.
class Regression {
 public:
  Regression(const Eigen::MatrixXd& x, const Eigen::MatrixXd& y,
             const std::vector<std::size_t>& person)
      : centre_(x.colwise().mean()),
        straight_(fit_ridge(x.rowwise() - centre_, y, person)),
        curved_(fit_ridge(curved(x.rowwise() - centre_), y, person)) {}

  Eigen::RowVectorXd predict(const Eigen::RowVectorXd& x) const {
    const Eigen::RowVectorXd by_straight = straight_.predict(x - centre_);
    const Eigen::RowVectorXd by_curved = curved_.predict(curved(x - centre_));
    return (straight_.kept_out_rms.array() < curved_.kept_out_rms.array())
        .select(by_straight, by_curved);
  }

 private:
  Eigen::RowVectorXd centre_;
  RidgeRegression straight_;
  RidgeRegression curved_;
};

// The values that every one of these cases has.
std::vector<std::string> common_values(const std::vector<CaseWithoutMap>& cases,
                                       const std::vector<std::size_t>& members) {
  std::vector<std::string> names;
  for (const auto& [name, value] : cases[members.front()].truth) {
    bool all = true;
    for (const std::size_t i : members) all = all && cases[i].truth.contains(name);
    if (all) names.push_back(name);
  }
  return names;
}

}  // namespace

Eigen::RowVectorXd predictors_without_map(const Subject& subject, const Mattress& mattress) {
  if (!subject.stature_m || !subject.mass_kg || !subject.sex || !mattress.thickness_m) {
    throw std::invalid_argument("predictors_without_map: stature, mass, sex and thickness");
  }
  const StatedCurve curve(mattress);
  const double thickness_m = *mattress.thickness_m;
  const double stature_m = *subject.stature_m;
  std::vector<double> x;
  for (const double strain : {0.05, 0.12, 0.25, 0.40, 0.55}) {
    x.push_back(std::log(curve.pressure_pa(strain * thickness_m)));
  }
  for (const double pressure_pa : {1e3, 2e3, 4e3, 6e3}) {
    x.push_back(mm_per_m * curve.indentation_m(pressure_pa));
  }
  x.push_back(std::log(thickness_m));
  x.push_back(mattress.curve_kind == CurveKind::disc_203mm ? 1.0 : 0.0);
  x.push_back(mattress.curve_kind == CurveKind::platen_344mm ? 1.0 : 0.0);
  x.push_back(stature_m);
  x.push_back(std::log(*subject.mass_kg / (stature_m * stature_m)));
  x.push_back(*subject.sex == Sex::male ? 1.0 : 0.0);
  return Eigen::Map<const Eigen::RowVectorXd>(x.data(), static_cast<Eigen::Index>(x.size()));
}

std::vector<SpineValues> regression_without_map(const std::vector<CaseWithoutMap>& cases) {
  std::vector<SpineValues> told(cases.size());
  for (int group = 0; group < 3; ++group) {
    std::vector<std::size_t> members;
    for (std::size_t i = 0; i < cases.size(); ++i) {
      if (group_of(cases[i].posture) == group) members.push_back(i);
    }
    if (members.empty()) continue;
    const std::vector<std::string> names = common_values(cases, members);
    for (std::size_t fold = 0; fold < folds; ++fold) {
      std::vector<std::size_t> seen, kept_out, person;
      for (const std::size_t i : members) {
        const bool out = fold_of(cases[i].person) == fold;
        (out ? kept_out : seen).push_back(i);
        if (!out) person.push_back(cases[i].person);
      }
      const std::set<std::size_t> people(person.begin(), person.end());
      if (kept_out.empty() || people.size() < fewest_people) continue;
      Eigen::MatrixXd x(static_cast<Eigen::Index>(seen.size()),
                        cases[seen.front()].predictors.size());
      Eigen::MatrixXd y(x.rows(), static_cast<Eigen::Index>(names.size()));
      for (Eigen::Index r = 0; r < x.rows(); ++r) {
        const CaseWithoutMap& one = cases[seen[static_cast<std::size_t>(r)]];
        x.row(r) = one.predictors;
        for (std::size_t c = 0; c < names.size(); ++c) {
          y(r, static_cast<Eigen::Index>(c)) = one.truth.at(names[c]);
        }
      }
      const Regression regression(x, y, person);
      for (const std::size_t i : kept_out) {
        const Eigen::RowVectorXd values = regression.predict(cases[i].predictors);
        for (std::size_t c = 0; c < names.size(); ++c) {
          told[i][names[c]] = values[static_cast<Eigen::Index>(c)];
        }
      }
    }
  }
  return told;
}

}  // namespace matfit
