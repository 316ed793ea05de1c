using System.Runtime.CompilerServices;
using MlNetRecurrent.Engine.Serialization;

namespace MlNetRecurrent.Interop;

/// <summary>The budget of the file that a model or a transform is loaded from.</summary>
internal static class FileBudget
{
    private static readonly ConditionalWeakTable<object, LoadBudget> _ofFiles = [];

    public static LoadBudget Of(ModelLoadContext context) => context.Repository is { } file ? _ofFiles.GetOrCreateValue(file) : new();
}
