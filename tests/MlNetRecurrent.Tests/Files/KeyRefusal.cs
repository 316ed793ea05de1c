namespace MlNetRecurrent.Tests.Files;

/// <summary>The error where keys stand for other values than those of the model.</summary>
internal static class KeyRefusal
{
    public const string Expected = "a key means something else";

    public static void AssertRefused(Func<object> use, string what = "")
    {
        string message = Assert.Throws<InvalidOperationException>(use).Message;
        Assert.Contains(Expected, message, StringComparison.Ordinal);
        Assert.Contains(what, message, StringComparison.Ordinal);
    }
}
