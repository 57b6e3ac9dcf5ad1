package main

import (
	"fmt"
	"os"
	"reflect"
)

// expect ends the run at the first difference.
func expect(what string, expected, seen any) {
	if !reflect.DeepEqual(expected, seen) {
		fmt.Printf("FAILED: %s\n  expected: %#v\n  seen:     %#v\n", what, expected, seen)
		os.Exit(1)
	}
}

// must ends the run where a call is refused.
func must[T any](value T, err error) T {
	if err != nil {
		fmt.Printf("FAILED: %v\n", err)
		os.Exit(1)
	}
	return value
}

// ok tells of a step that is done.
func ok(step string) {
	fmt.Println("ok", step)
}
