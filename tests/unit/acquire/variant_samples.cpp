#include "variant_samples.hpp"

#include "vendor_texts.hpp"

namespace matfit::test {

namespace {

ReadOptions pitch(double rate_hz = 0.0) {
  ReadOptions options;
  options.row_pitch_m = options.col_pitch_m = 0.0127;
  if (rate_hz > 0.0) options.sample_rate_hz = rate_hz;
  return options;
}

ReadOptions grid(int rows, int cols) {
  ReadOptions options = pitch();
  options.rows = rows;
  options.cols = cols;
  return options;
}

std::string tekscan_counts() {
  TekscanText text;
  text.cells_1 = "B,B,B\nB,1,2003\n";
  text.cells_2 = "B,B,B\nB,10,2\n";
  text.frame_1 = "Frame 1, 0,, 12/2/2019 11:59:59.94PM,,,Raw Sum=,,2004";
  text.frame_2 = "Frame 2, 0.1,, 12/3/2019 12:00:00.04AM,,,Raw Sum=,,12";
  return text.text();
}

std::string tekscan_pressures() {
  TekscanText text;
  text.units = "KPa";
  text.spacing = "5.08 mm";
  text.extra = "SATURATION_PRESSURE 1514.73 KPa\n";
  text.frame_1 = "Frame 1";
  text.frame_2 = "Frame 2";
  text.cells_1 = "B,1.5,1023.75\n3,0,B\n";
  text.cells_2 = "B,10,2.25\n3,0,B\n";
  return text.text();
}

std::string xsensor_frames() {
  const XsensorSensorText sensor{"A 1",
                                 "Average Pressure (mmHg),354.5\nPeak Pressure (mmHg),1340.5\n",
                                 "0,0,10\n\n20,47.5,1340.5\n"};
  return xsensor_text({sensor}, "11:59:59.982 PM") +
         xsensor_text({sensor}, "12:00:00.232 AM", "2", "\n");
}

std::string xsensor_pro_7() {
  std::string text = "Units:,\"N/cm2\"\nThreshold:,\"0,07\"\n";
  for (const char* time : {"23:59:59.900", "00:00:00.150"}) {
    const std::string frame = *time == '2' ? "1" : "2";
    text += "Frame:,\"" + frame + "\"\nDate:,\"16-08-2022\"\nTime:,\"" + time +
            "\"\nSensor:,\"Seat\"\nRows:,\"2\"\nColumns:,\"3\"\nSensel Width (in):,\"0,5\"\n"
            "Sensel Height (in):,\"0,5\"\nPeak Pressure (N/cm2):,\"1,00\"\nSensels:\n"
            "\"0,00\",\"0,25\",\"1,00\"\n\"0,00\",\"0,25\",\"0,50\"\n\n";
  }
  return text;
}

const std::string xsensor_wide =
    "Frame,Date,Time,Units,Threshold,Sensor,Rows,Columns,Sensel Width (cm),Sensel Height (cm),"
    "Peak Pressure (PSI),S_1_1,S_1_2,S_2_2\n"
    "1,2022 Aug 16, 08:21:17.5,PSI,0.1,A 1,2,2,1,1,2003.25,1,0.5,2003.25\n"
    "2,2022 Aug 16, 08:21:17.6,PSI,0.1,A 1,2,2,1,1,3.5,3.5,2.25,1\n";

const std::string novel_asc =
    "file name: a.mat date/time 17.06.23 15.21\nmat type s2160_001\n"
    "total times [secs]: 1.0 time per frame [secs]: 0.50000 scanning rate [Hz]: 2\n"
    "pressure values in kPa\n\nelectrical:\n"
    "time[secs]       1       2       3\n"
    "    2.00000   1.500   0.000   1007.250\n    2.50000   2.500   4.000   8.000\n"
    "        MPP   2.500   4.000   8.000\n"
    "\n\n time[secs] force[N]   x[cm]   y[cm]\n\n"
    "    2.00000    1.700    1.3     2.5\n    2.50000    2.900       -       -\n\n"
    "\nsensor        1        2        3\ncorner[cm]\n"
    "x[0]   0.0000   0.0000   1.0000\ny[0]   4.0000   2.0000   4.0000\n"
    "x[1]   0.0000   0.0000   1.0000\ny[1]   2.0000   0.0000   2.0000\n"
    "x[2]   1.0000   1.0000   2.0000\ny[2]   2.0000   0.0000   2.0000\n"
    "x[3]   1.0000   1.0000   2.0000\ny[3]   4.0000   2.0000   4.0000\n"
    "area   2.0000   2.0000   2.0000\n";

std::string novel_lst() {
  std::string text;
  for (const char* picture : {"1", "4"}) {
    text += std::string("\t\t\t\tPage 1\n\n\tFile: C:\\a.dat \tMatrix: 8x9 \n") +
            "\tSensor area: 0.25 cm\xb2\tTime/picture:20.0 ms\n\tSensor size: 0.500x0.500 cm\n"
            "\tPict-No.: " +
            picture +
            "  Force[N]=sum*sensor_area in row/column\n\n\t3\t4\t5\tForce\n"
            "6\t0.00\t1040.00\t20.00\t26.50\n7\t10.00\t0.00\t0.00\t0.25\n"
            "Force\t0.25\t26.00\t0.50\t26.75\n\x0c\n";
  }
  return text;
}

std::string tactilus_of(const std::string& rows) {
  return "FRAME 1(mmHg)\nFri Aug 26 16:45:04 2022\n" + rows +
         "\nMaximum pressure\t1007.5 mmHg\n\n" + "FRAME 2(mmHg)\nFri Aug 26 16:45:05 2022\n" +
         rows + "\nMaximum pressure\t1007.5 mmHg\n\n";
}

const std::string kitronyx_matrices =
    " Frame Index: 30, Measurement Time(sec): 01.00\n\n0,1,1002\n3,4,5\n"
    " Frame Index: 62, Measurement Time(sec): 02.03\n\n6,7,8\n9,10,11\n";
const std::string kitronyx_forces =
    " Frame Index: 30, Measurement Time(sec): 01.00\n\n0,1.5,1002.25\n3,4,5\n"
    " Frame Index: 62, Measurement Time(sec): 02.03\n\n6,7.125,8\n9,10,11\n";
const std::string kitronyx_lines =
    "Measurement Time (sec),R0C0,R0C1,R0C2,R1C0,R1C1,R1C2,\n"
    "01.00, 0,1.5,1002.25,3,4,5\n02.03, 6,7,8,9,10,11\n";

const std::string boditrak =
    "3x2  0.000000-200.000000 mmHg\n    1 10.5 2000\n    3   0    5\n"
    "3x2  0.000000-200.000000 mmHg\n    0    0    0\n    3   4    5\n";

std::string pmatdata(int lines, int numbers) {
  std::string text;
  for (int line = 0; line < lines; ++line) {
    for (int i = 0; i < numbers; ++i) text += std::to_string(i % 90 + line) + "\t";
    text += "\n";
  }
  return text;
}

const std::string popu =
    "{\"volunteer_id\": \"4\", \"sensomatt_columns\": 2, \"sensomatt_rows\": 1, \"position\": "
    "\"left\",\n\n \"snapshots\": {\n\"0\": {\"sensomatt_readings\": [1, 480]},\n"
    "\"1\": {\"sensomatt_readings\": [0.5, 1480]}\n}}\n";

}  // namespace

std::vector<VariantSample> variant_samples() {
  // No country is known whose sign every number of a line may hold: "1 234" is two numbers, and
  // the apostrophe none.
  const std::set<std::string> some = {"thousands_french", "thousands_blank", "thousands_blank_tabs",
                                      "thousands_swiss"};
  const auto also = [&](std::set<std::string> names) {
    names.insert(some.begin(), some.end());
    return names;
  };
  // Whole numbers alone: 1,234 and 1.234 may be either.
  const std::set<std::string> whole =
      also({"thousands_us", "thousands_german", "thousands_german_tabs"});
  // Only as it was published, between tabs, is it known without being told.
  const std::set<std::string> unpublished = {
      "padded",           "padded_doubled",   "padded_semicolons",
      "quoted",           "quoted_padded",    "european",
      "european_padded",  "european_quoted",  "european_everywhere",
      "spaced",           "scientific",       "thousands_us",
      "thousands_german", "thousands_french", "thousands_blank",
      "thousands_swiss"};
  return {
      {"tekscan counts", "tekscan", tekscan_counts(), Parted::comma, {}, whole},
      {"tekscan pressures", "tekscan", tekscan_pressures(), Parted::comma, {}, some},
      {"xsensor", "xsensor", xsensor_frames(), Parted::comma, {}, some},
      {"xsensor pro 7", "xsensor", xsensor_pro_7(), Parted::comma, {}, {}},
      {"xsensor mattress", "xsensor",
       "Average Pressure (mmHg),203.5\nPeak Pressure (mmHg),1206\n\nSENSELS\n1,2,3.5\n4,5,1206\n",
       Parted::comma, pitch(), whole},
      {"xsensor wide", "xsensor-wide", xsensor_wide, Parted::comma, {}, some},
      {"novel asc", "novel-asc", novel_asc, Parted::blanks, {}, some},
      {"novel lst", "novel-lst", novel_lst(), Parted::tab, {}, some},
      {"tactilus tabs", "tactilus", tactilus_of("0.0\t0.0\t1007.5\t0.0\t\n3.0\t0.0\t0.0\t0.5\t\n"),
       Parted::tab, pitch(), some},
      {"tactilus columns", "tactilus",
       tactilus_of("     0     7  1007     0\n     0     3   234     0\n"), Parted::blanks, pitch(),
       whole},
      {"kitronyx counts", "kitronyx", kitronyx_matrices, Parted::comma, pitch(), whole},
      {"kitronyx forces", "kitronyx", kitronyx_forces, Parted::comma, pitch(), some},
      {"kitronyx lines", "kitronyx", kitronyx_lines, Parted::comma, pitch(), some},
      {"boditrak", "boditrak", boditrak, Parted::blanks, pitch(5.0), some},
      {"text rows", "text", "0.5\t1002.25\t3\n4\t5\t6\n\n1\t2\t3\n4\t5.5\t6\n", Parted::tab,
       grid(2, 3), some},
      {"text frames", "text", "0.5,1002.25,3,4,5,6\n1,2,3,4,5.5,6\n", Parted::comma, grid(2, 3),
       some},
      {"pmatdata i", "pmatdata-i", pmatdata(2, 2048), Parted::tab, {}, unpublished},
      {"pmatdata ii", "pmatdata-ii", pmatdata(64, 27), Parted::tab, {}, unpublished},
      {"popu", "popu", popu, Parted::not_at_all, pitch(), {}},
  };
}

}  // namespace matfit::test
