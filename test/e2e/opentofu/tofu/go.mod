module meshfront.example/opentofu

go 1.26.8
