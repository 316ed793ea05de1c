namespace MlNetRecurrent.Tests;

/// <summary>Where the repository lies that these tests were built in.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>The folder of data that is not part of the project; tests that need it skip where it is absent.</summary>
    public static string SharedData => Path.Combine(Root, "..", "shared", "data");

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MlNetRecurrent.sln")))
                return folder.FullName;
        }
        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} has the solution.");
    }
}
