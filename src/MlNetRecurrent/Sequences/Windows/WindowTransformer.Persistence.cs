using Microsoft.ML;
using Microsoft.ML.Runtime;
using MlNetRecurrent.Interop;
using MlNetRecurrent.Sequences.Windows;

[assembly: LoadableClass(typeof(WindowTransformer), null, typeof(SignatureLoadModel), "Sliding window", WindowTransformer.LoaderSignature)]

namespace MlNetRecurrent.Sequences.Windows;

/// <content>How ML.NET saves the transform and finds the way back to it.</content>
internal sealed partial class WindowTransformer
{
    internal const string LoaderSignature = "MlNetRecurrentWindow";

    private static WindowTransformer Create(IHostEnvironment environment, ModelLoadContext context)
    {
        context.CheckAtModel(Version());
        WindowSettings settings = TransformFile.Read<WindowSettings>(context.Reader, FileBudget.Of(context));
        settings.Validate();
        return new(environment, settings);
    }

    void ICanSaveModel.Save(ModelSaveContext context)
    {
        context.CheckAtModel();
        context.SetVersionInfo(Version());
        TransformFile.Write(context.Writer, settings);
    }

    private static VersionInfo Version() => LoaderVersion.Of("MLNRWIND", LoaderSignature);
}
