#pragma once

#include "stages/acquire/file_head.hpp"

#include <string>

namespace matfit {

// What a file is that no format recognises (a closed vendor format, a spreadsheet, an archive, a
// picture, a text without frames) and how to get at its frames, in one line.
std::string what_it_is(const FileHead& head);

}  // namespace matfit
