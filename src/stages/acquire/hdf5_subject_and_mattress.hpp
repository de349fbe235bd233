#pragma once

#include "stages/acquire/hdf5_statements.hpp"
#include "types/mattress.hpp"
#include "types/subject.hpp"

#include <optional>

namespace matfit {

// Absent where the file has no such group.
std::optional<Subject> hdf5_subject(const Hdf5Statements& stated);
std::optional<Mattress> hdf5_mattress(const Hdf5Statements& stated);

}  // namespace matfit
