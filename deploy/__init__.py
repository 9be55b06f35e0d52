"""How the app is served to many: several replicas behind one nginx, in containers, on Kubernetes."""
