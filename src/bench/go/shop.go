// A shop as one writes it with Go's net/http: POST /buy, GET /left, and POST /refill for the next storm.
package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"sync/atomic"
)

const tickets = 1000

func main() {
	var left atomic.Int64
	http.HandleFunc("POST /buy", func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, `{"result":"%t"}`, left.Add(-1) >= 0)
	})
	http.HandleFunc("GET /left", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, `{"left":%d}`, max(0, left.Load()))
	})
	http.HandleFunc("POST /refill", func(w http.ResponseWriter, r *http.Request) {
		left.Store(tickets)
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Printf("POST http://%s/buy\n", listener.Addr())
	panic(http.Serve(listener, nil))
}
