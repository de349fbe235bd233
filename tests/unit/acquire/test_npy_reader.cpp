#include "files.hpp"
#include "stages/acquire/read_recording.hpp"
#include "support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <limits>

namespace matfit {
namespace {

using test::input_error_of;
using test::TemporaryFolder;
using test::write_file;
using testing::AllOf;
using testing::HasSubstr;

std::string npy(const std::string& descr, const std::string& order, const std::string& shape,
                const std::string& data, int version = 1) {
  const std::string dictionary =
      "{'descr': '" + descr + "', 'fortran_order': " + order + ", 'shape': " + shape + ", }\n";
  std::string bytes = "\x93NUMPY";
  bytes += static_cast<char>(version);
  bytes += '\0';
  const std::size_t size = dictionary.size();
  bytes += static_cast<char>(size & 255);
  bytes += static_cast<char>(size >> 8);
  if (version > 1) bytes.append(2, '\0');
  return bytes + dictionary + data;
}

// The values as items of type T, reversed byte by byte for big-endian.
template <typename T>
std::string items(const std::vector<int>& values, bool big_endian = false) {
  std::string bytes;
  for (const int value : values) {
    const T item = static_cast<T>(value);
    std::string raw(sizeof item, '\0');
    std::memcpy(raw.data(), &item, sizeof item);
    if (big_endian) std::reverse(raw.begin(), raw.end());
    bytes += raw;
  }
  return bytes;
}

const std::vector<int> counting = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

ReadOptions pitched() {
  ReadOptions options;
  options.row_pitch_m = options.col_pitch_m = 0.02;
  return options;
}

Recording read(const TemporaryFolder& folder, const std::string& bytes,
               const ReadOptions& options = pitched()) {
  return read_recording(write_file(folder.path() / "a.npy", bytes), options);
}

void expect_counting(const Recording& recording, Eigen::Index frames) {
  ASSERT_EQ(recording.size(), static_cast<std::size_t>(frames));
  const FrameBlock block = recording.frames->read(0, recording.size());
  for (Eigen::Index i = 0; i < block.size(); ++i) {
    EXPECT_EQ(block.data()[i], static_cast<float>(i + 1));
  }
}

TEST(NpyReader, reads_every_kind_of_number_in_both_byte_orders) {
  const TemporaryFolder folder;
  const std::string shape = "(2, 2, 3)";
  expect_counting(read(folder, npy("|u1", "False", shape, items<std::uint8_t>(counting))), 2);
  expect_counting(read(folder, npy("|i1", "False", shape, items<std::int8_t>(counting))), 2);
  expect_counting(read(folder, npy("<u2", "False", shape, items<std::uint16_t>(counting))), 2);
  expect_counting(read(folder, npy(">u2", "False", shape, items<std::uint16_t>(counting, true))),
                  2);
  expect_counting(read(folder, npy(">i2", "False", shape, items<std::int16_t>(counting, true))), 2);
  expect_counting(read(folder, npy("<i4", "False", shape, items<std::int32_t>(counting))), 2);
  expect_counting(read(folder, npy("<i8", "False", shape, items<std::int64_t>(counting))), 2);
  expect_counting(read(folder, npy("<f2", "False", shape, items<Eigen::half>(counting))), 2);
  expect_counting(read(folder, npy(">f2", "False", shape, items<Eigen::half>(counting, true))), 2);
  expect_counting(read(folder, npy("<f4", "False", shape, items<float>(counting))), 2);
  expect_counting(read(folder, npy(">f8", "False", shape, items<double>(counting, true))), 2);
}

TEST(NpyReader, reads_all_versions_of_the_header) {
  const TemporaryFolder folder;
  for (const int version : {1, 2, 3}) {
    expect_counting(read(folder, npy("<f4", "False", "(2, 2, 3)", items<float>(counting), version)),
                    2);
  }
  EXPECT_THAT(input_error_of([&] { read(folder, npy("<f4", "False", "(12,)", "", 4)); }),
              HasSubstr("version 4"));
}

TEST(NpyReader, turns_fortran_order_about) {
  const TemporaryFolder folder;
  // [2, 2, 3] counting in C order, written with the first index fastest.
  const std::vector<int> fortran = {1, 7, 4, 10, 2, 8, 5, 11, 3, 9, 6, 12};
  expect_counting(read(folder, npy("<i4", "True", "(2, 2, 3)", items<std::int32_t>(fortran))), 2);
}

TEST(NpyReader, reads_flat_frames_in_fortran_order_block_by_block) {
  const TemporaryFolder folder;
  const std::vector<int> fortran = {1, 7, 2, 8, 3, 9, 4, 10, 5, 11, 6, 12};
  ReadOptions options = pitched();
  options.rows = 2;
  options.cols = 3;
  const Recording recording =
      read(folder, npy("<i2", "True", "(2, 6)", items<std::int16_t>(fortran)), options);
  expect_counting(recording, 2);
  EXPECT_EQ(recording.frames->read(1, 1)(0, 5), 12.0F);
}

TEST(NpyReader, takes_one_frame_and_flat_frames) {
  const TemporaryFolder folder;
  const Recording one = read(folder, npy("<f4", "False", "(3, 4)", items<float>(counting)));
  EXPECT_EQ(one.mat.geometry.rows, 3);
  EXPECT_EQ(one.mat.geometry.cols, 4);
  expect_counting(one, 1);
  ReadOptions options = pitched();
  options.rows = 2;
  options.cols = 3;
  const Recording flat =
      read(folder, npy("<f4", "False", "(2, 6)", items<float>(counting)), options);
  EXPECT_EQ(flat.mat.geometry.cols, 3);
  expect_counting(flat, 2);
}

TEST(NpyReader, reads_a_block_from_the_middle) {
  const TemporaryFolder folder;
  const Recording recording =
      read(folder, npy("<u2", "False", "(4, 1, 3)", items<std::uint16_t>(counting)));
  const FrameBlock block = recording.frames->read(1, 2);
  EXPECT_EQ(block(0, 0), 4.0F);
  EXPECT_EQ(block(1, 2), 9.0F);
  EXPECT_THROW(recording.frames->read(3, 2), std::out_of_range);
}

TEST(NpyReader, says_counts_only_where_all_fit) {
  const TemporaryFolder folder;
  const auto counts = [&](const std::vector<int>& values) {
    return read(folder, npy("<i4", "False", "(1, 1, 2)", items<std::int32_t>(values)))
        .integer_counts;
  };
  EXPECT_TRUE(counts({0, 65535}));
  EXPECT_FALSE(counts({0, 65536}));
  EXPECT_FALSE(counts({-1, 0}));
}

TEST(NpyReader, names_what_is_wrong_with_a_header) {
  const TemporaryFolder folder;
  const auto refusal = [&](const std::string& bytes) {
    return input_error_of([&] { read(folder, bytes); });
  };
  const std::string data = items<float>(counting);
  EXPECT_THAT(refusal(npy("<c8", "False", "(2, 2, 3)", data)),
              AllOf(HasSubstr("descr"), HasSubstr("'<c8'")));
  EXPECT_THAT(refusal(npy("|S4", "False", "(2, 2, 3)", data)), HasSubstr("descr"));
  EXPECT_THAT(refusal(npy("<f4", "Maybe", "(2, 2, 3)", data)), HasSubstr("fortran_order"));
  EXPECT_THAT(refusal(npy("<f4", "False", "(2, x, 3)", data)), HasSubstr("shape"));
  EXPECT_THAT(refusal(npy("<f4", "False", "(0, 2, 3)", "")), HasSubstr("shape"));
  EXPECT_THAT(refusal(npy("<f4", "False", "(1, 2, 2, 3)", data)), HasSubstr("4 dimensions"));
  EXPECT_THAT(refusal(npy("<f4", "False", "(3, 2, 3)", data)), HasSubstr("cut short"));
  EXPECT_THAT(refusal(npy("<f4", "False", "(1, 2, 3)", data)), HasSubstr("bytes"));
  EXPECT_THAT(refusal(npy("|u1", "False", "(2048, 2048)", std::string(2048 * 2048, '\0'))),
              HasSubstr("1 to 1048576 (cells of a frame)"));
  EXPECT_THAT(refusal("\x93NUMPY\x01"), HasSubstr(".npy header"));
  EXPECT_THAT(refusal(std::string("\x93NUMPY\x01\x00\xff\x7f{", 11)), HasSubstr("bytes of header"));
}

TEST(NpyReader, refuses_a_grid_that_is_not_the_files) {
  const TemporaryFolder folder;
  ReadOptions options = pitched();
  options.rows = 5;
  EXPECT_THAT(input_error_of([&] {
                read(folder, npy("<f4", "False", "(2, 2, 3)", items<float>(counting)), options);
              }),
              AllOf(HasSubstr("2 x 3 cells"), HasSubstr("5 rows")));
}

TEST(NpyReader, names_the_cell_that_is_not_a_number) {
  const TemporaryFolder folder;
  std::string data = items<float>(counting);
  const float nan = std::numeric_limits<float>::quiet_NaN();
  std::memcpy(data.data() + 4 * 10, &nan, 4);
  const Recording recording = read(folder, npy("<f4", "False", "(2, 2, 3)", data));
  EXPECT_THAT(input_error_of([&] { recording.frames->read(1, 1); }),
              HasSubstr("frame 1, row 1, column 1"));
}

}  // namespace
}  // namespace matfit
