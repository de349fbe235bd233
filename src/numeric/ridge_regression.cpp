#include "numeric/ridge_regression.hpp"

#include <Eigen/SVD>

#include <cmath>
#include <limits>
#include <stdexcept>

namespace matfit {

Eigen::RowVectorXd RidgeRegression::predict(const Eigen::RowVectorXd& predictors) const {
  const Eigen::RowVectorXd scaled = (predictors - centre).cwiseQuotient(scale);
  return intercept + scaled * weight;
}

RidgeRegression fit_ridge(const Eigen::MatrixXd& x, const Eigen::MatrixXd& y) {
  const Eigen::Index samples = x.rows();
  if (samples != y.rows() || samples < 3) {
    throw std::invalid_argument("fit_ridge: predictors and targets of the same three or more");
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
    const Eigen::ArrayXd leverage =
        (u.array().square().matrix() * kept.matrix()).array() + own_share;
    const Eigen::MatrixXd error = residual - u * (projected.array().colwise() * kept).matrix();
    const Eigen::MatrixXd left_out = error.array().colwise() / (1.0 - leverage).max(1e-9);
    const Eigen::RowVectorXd rms =
        (left_out.colwise().squaredNorm() / static_cast<double>(samples)).cwiseSqrt();
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
