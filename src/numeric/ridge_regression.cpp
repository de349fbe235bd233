#include "numeric/ridge_regression.hpp"

#include <Eigen/Cholesky>
#include <Eigen/SVD>

#include <cmath>
#include <limits>
#include <map>
#include <stdexcept>
#include <utility>

namespace matfit {

Eigen::RowVectorXd RidgeRegression::predict(const Eigen::RowVectorXd& predictors) const {
  const Eigen::RowVectorXd scaled = (predictors - centre).cwiseQuotient(scale);
  return intercept + scaled * weight;
}

namespace {

// The numbers of the samples of each group, in the groups' order.
std::vector<std::vector<Eigen::Index>> members_of(const std::vector<std::size_t>& group) {
  std::map<std::size_t, std::vector<Eigen::Index>> members;
  for (std::size_t i = 0; i < group.size(); ++i) {
    members[group[i]].push_back(static_cast<Eigen::Index>(i));
  }
  std::vector<std::vector<Eigen::Index>> out;
  for (auto& [number, samples] : members) out.push_back(std::move(samples));
  return out;
}

}  // namespace

RidgeRegression fit_ridge(const Eigen::MatrixXd& x, const Eigen::MatrixXd& y,
                          const std::vector<std::size_t>& group) {
  const Eigen::Index samples = x.rows();
  const std::vector<std::vector<Eigen::Index>> groups = members_of(group);
  if (samples != y.rows() || samples != static_cast<Eigen::Index>(group.size()) ||
      groups.size() < 3) {
    throw std::invalid_argument("fit_ridge: predictors and targets of the same, in three groups");
  }
  RidgeRegression fit;
  fit.centre = x.colwise().mean();
  const Eigen::MatrixXd centred = x.rowwise() - fit.centre;
  fit.scale = (centred.colwise().squaredNorm() / static_cast<double>(samples)).cwiseSqrt();
  fit.scale = (fit.scale.array() > 0.0).select(fit.scale, 1.0);
  const Eigen::MatrixXd scaled = centred.array().rowwise() / fit.scale.array();
  fit.intercept = y.colwise().mean();
  const Eigen::MatrixXd residual = y.rowwise() - fit.intercept;

  const Eigen::BDCSVD<Eigen::MatrixXd> svd(scaled, Eigen::ComputeThinU | Eigen::ComputeThinV);
  const Eigen::ArrayXd singular = svd.singularValues().array();
  const Eigen::MatrixXd& u = svd.matrixU();
  const Eigen::MatrixXd projected = u.transpose() * residual;

  fit.weight = Eigen::MatrixXd::Zero(x.cols(), y.cols());
  fit.ridge = Eigen::RowVectorXd::Zero(y.cols());
  fit.kept_out_rms =
      Eigen::RowVectorXd::Constant(y.cols(), std::numeric_limits<double>::infinity());
  const double own_share = 1.0 / static_cast<double>(samples);  // of a sample in the mean
  constexpr double least_power = -4.0, most_power = 6.0, power_step = 0.25;
  for (double power = least_power; power <= most_power; power += power_step) {
    const double ridge = std::pow(10.0, power);
    const Eigen::ArrayXd kept = singular.square() / (singular.square() + ridge);
    const Eigen::MatrixXd error = residual - u * (projected.array().colwise() * kept).matrix();
    Eigen::RowVectorXd squares = Eigen::RowVectorXd::Zero(y.cols());
    for (const std::vector<Eigen::Index>& of_group : groups) {
      const Eigen::MatrixXd own = u(of_group, Eigen::all);
      // How far the fit follows the group itself; without it the group would be missed by more.
      Eigen::MatrixXd followed = own * kept.matrix().asDiagonal() * own.transpose();
      followed.array() += own_share;
      const auto size = static_cast<Eigen::Index>(of_group.size());
      const Eigen::MatrixXd left = Eigen::MatrixXd::Identity(size, size) - followed;
      const Eigen::MatrixXd missed = left.ldlt().solve(error(of_group, Eigen::all));
      squares += missed.colwise().squaredNorm();
    }
    const Eigen::RowVectorXd rms = (squares / static_cast<double>(samples)).cwiseSqrt();
    const Eigen::ArrayXd shrunk = singular / (singular.square() + ridge);
    for (Eigen::Index t = 0; t < y.cols(); ++t) {
      if (!(rms[t] < fit.kept_out_rms[t])) continue;
      fit.kept_out_rms[t] = rms[t];
      fit.ridge[t] = ridge;
      fit.weight.col(t) = svd.matrixV() * (projected.col(t).array() * shrunk).matrix();
    }
  }
  return fit;
}

}  // namespace matfit
