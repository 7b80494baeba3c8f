# Flags that hold for every target. Warnings are errors; determinism flags are not negotiable.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE OFF)

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor
                    -Woverloaded-virtual -Wimplicit-fallthrough -Werror
                    -ffp-contract=off -fno-fast-math -fno-omit-frame-pointer
                    -ffile-prefix-map=${CMAKE_SOURCE_DIR}/=)  # the same program, wherever it was built
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 reports false positives: string concatenation, and optimised-out optionals.
  add_compile_options(-Wno-restrict -Wno-maybe-uninitialized -Wno-tsan -Wno-dangling-pointer -Wno-array-bounds
                      -Wno-stringop-overflow -Wno-stringop-overread)
else()
  # libstdc++ 12 calls its own deprecated std::get_temporary_buffer in std::stable_sort.
  add_compile_options(-Wno-deprecated-declarations)
endif()
if(THRONG_BENCH)
  add_compile_definitions(THRONG_BENCH)
else()
  add_compile_definitions(_GLIBCXX_ASSERTIONS)
endif()

find_program(THRONG_MOLD mold)
if(THRONG_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

find_program(THRONG_CCACHE ccache)
if(THRONG_CCACHE)
  # Precompiled headers are cached only with this sloppiness; see the ccache manual, "Precompiled headers". Every clone
  # on the machine shares what another has compiled; with clang only without precompiled headers, whose paths ccache cannot
  # make relative, and its presets have none (with unity builds they save nothing: measured, CPU time of base, content and
  # sim under tsan 82 s with and without). All presets together pass the 5 GB that ccache keeps by itself.
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 CCACHE_MAXSIZE=20G ${THRONG_CCACHE})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_compile_options(-fpch-preprocess)
  endif()
endif()
