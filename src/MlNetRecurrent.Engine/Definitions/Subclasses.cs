using System.Diagnostics.CodeAnalysis;

namespace MlNetRecurrent.Engine.Definitions;

/// <summary>Finds the classes that derive from another in its assembly, so that a new one needs no entry in a list.</summary>
internal static class Subclasses
{
    /// <summary>An instance of every subclass that is not abstract, in the order of their names.</summary>
    /// <param name="arguments">The arguments of the constructors.</param>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = RecordJson.Untrimmed)]
    [UnconditionalSuppressMessage("Trimming", "IL2067", Justification = RecordJson.Untrimmed)]
    public static T[] CreateAll<T>(params object[] arguments)
        where T : class =>
    [
        .. typeof(T).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(T)))
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => (T)Activator.CreateInstance(type, arguments)!),
    ];
}
