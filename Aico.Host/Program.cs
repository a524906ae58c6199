using System.CommandLine;

var root = new RootCommand("Runs voice agents on LiveKit.");
return await root.Parse(args).InvokeAsync();
