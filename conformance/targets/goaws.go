// GoAWS as its own main package starts it, but on loopback alone, and with the address as its argument:
//
//	goaws CONFIG ENVIRONMENT ADDRESS
package main

import (
	"log"
	"net/http"
	"os"
	"time"

	"github.com/Admiral-Piett/goaws/app/conf"
	"github.com/Admiral-Piett/goaws/app/gosqs"
	"github.com/Admiral-Piett/goaws/app/router"
	"github.com/sirupsen/logrus"
)

func main() {
	if len(os.Args) != 4 {
		log.Fatal("usage: goaws CONFIG ENVIRONMENT ADDRESS")
	}
	logrus.SetLevel(logrus.ErrorLevel)
	conf.LoadYamlConfig(os.Args[1], os.Args[2])
	quit := make(chan bool)
	go gosqs.PeriodicTasks(time.Second, quit)
	log.Fatal(http.ListenAndServe(os.Args[3], router.New()))
}
