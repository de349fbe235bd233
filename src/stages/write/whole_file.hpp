#pragma once

#include <filesystem>
#include <functional>
#include <string_view>

namespace matfit {

// Calls `produce` with a temporary path in the folder of `path`, then renames it to `path`. A
// throwing `produce` leaves nothing behind. Missing parent folders are made. Throws UsageError
// naming the path where that cannot be done.
void write_whole_file(const std::filesystem::path& path,
                      const std::function<void(const std::filesystem::path&)>& produce);

// The same for bytes at hand.
void write_whole_file(const std::filesystem::path& path, std::string_view bytes);

}  // namespace matfit
