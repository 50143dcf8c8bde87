// Argo CD's cache for the test bed: miniredis, which `argocd --core` runs in its own process for the same purpose. As a
// program of this module it spares the bed a package of the operating system.
package main

import (
	"log"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/alicebob/miniredis/v2"
)

// One argument: the address to listen on.
func main() {
	server := miniredis.NewMiniRedis()
	if err := server.StartAddr(os.Args[1]); err != nil {
		log.Fatal(err)
	}
	defer server.Close()
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM, syscall.SIGINT)
	// Keys only expire when it is told that time has passed.
	clock := time.NewTicker(time.Second)
	for {
		select {
		case <-clock.C:
			server.FastForward(time.Second)
		case <-stop:
			return
		}
	}
}
