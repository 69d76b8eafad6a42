// The decompositions that the core needs, in plain loops: QR, singular values, eigenvalues of
// symmetric matrices. Eigen's versions have blocked and divide-and-conquer variants for large
// matrices, which would make up a third of the WebAssembly file.
#pragma once

#include <vector>

#include "init_lab/numerics/matrix.hpp"

namespace init_lab {

/// A = Q R with Q's columns orthonormal (rows by columns of A) and R upper triangular (columns by
/// columns).
struct ThinQr {
  Matrix q;
  Matrix r;
};

/// Householder's QR of a matrix with at least as many rows as columns. The columns of Q are
/// orthonormal to a few units in the last place times the number of columns. Source: Golub & Van
/// Loan, Matrix computations, 5.2.
ThinQr thin_qr(Matrix a);

/// Singular values in descending order by one-sided Jacobi rotations, each to high relative
/// accuracy, in about 40 n³ operations. Source: Hestenes 1958; Demmel & Veselić 1992, Jacobi's
/// method is more accurate than QR.
std::vector<double> singular_values(Matrix a);

/// A = V diag(values) V^T, with the values in descending order.
struct SymmetricEigen {
  Vector values;
  Matrix vectors;  ///< in the columns
};

/// Eigenvalues and eigenvectors of a symmetric matrix by Jacobi rotations, in about 40 n³
/// operations. The absolute error is about the rounding error of the largest eigenvalue. Source:
/// Golub & Van Loan, Matrix computations, 8.5.
SymmetricEigen symmetric_eigen(Matrix a);

}  // namespace init_lab
