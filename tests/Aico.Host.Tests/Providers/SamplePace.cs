namespace Aico.Host.Tests.Providers;

public enum SamplePace
{
    Slow,
    VeryFast,
}
