/** The Vango command line. @module */
