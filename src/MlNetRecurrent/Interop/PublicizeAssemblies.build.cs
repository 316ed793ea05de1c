using System;
using System.Collections.Generic;
using System.IO;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Mono.Cecil;

/// <summary>
/// Build task: copies assemblies with their internal types and members made public. It runs in MSBuild and is not part of the library.
/// </summary>
public class PublicizeAssemblies : Task
{
    public ITaskItem[] Assemblies { get; set; }

    public ITaskItem[] References { get; set; }

    public string OutputDirectory { get; set; }

    [Output]
    public ITaskItem[] Publicized { get; set; }

    public override bool Execute()
    {
        Directory.CreateDirectory(OutputDirectory);
        var result = new List<ITaskItem>();
        foreach (ITaskItem assembly in Assemblies)
        {
            string source = assembly.GetMetadata("FullPath");
            string target = Path.GetFullPath(Path.Combine(OutputDirectory, Path.GetFileName(source)));
            if (!File.Exists(target) || File.GetLastWriteTimeUtc(target) < File.GetLastWriteTimeUtc(source))
                Publicize(source, target);
            var item = new TaskItem(target);
            assembly.CopyMetadataTo(item);
            item.SetMetadata("Private", "false");
            item.SetMetadata("CopyLocal", "false");
            result.Add(item);
        }
        Publicized = result.ToArray();
        return true;
    }

    private void Publicize(string source, string target)
    {
        string unfinished = target + ".tmp";
        using (var resolver = new DefaultAssemblyResolver())
        {
            foreach (ITaskItem reference in References)
                resolver.AddSearchDirectory(Path.GetDirectoryName(reference.GetMetadata("FullPath")));
            using (ModuleDefinition module = ModuleDefinition.ReadModule(source, new ReaderParameters { AssemblyResolver = resolver }))
            {
                MakePublic(module);
                module.Write(unfinished);
            }
        }
        File.Delete(target);
        File.Move(unfinished, target);
    }

    private static void MakePublic(ModuleDefinition module)
    {
        foreach (TypeDefinition type in module.GetTypes())
        {
            // Helper types that a compiler embeds (System.*) have twins in other assemblies: public, they would be ambiguous.
            if (!Outermost(type).Namespace.StartsWith("Microsoft.ML", StringComparison.Ordinal))
                continue;
            if (type.IsNotPublic) type.IsPublic = true;
            else if (type.IsNestedAssembly || type.IsNestedFamilyOrAssembly) type.IsNestedPublic = true;
            else if (type.IsNestedFamilyAndAssembly) type.IsNestedFamily = true;
            foreach (MethodDefinition method in type.Methods)
            {
                if (method.IsAssembly) method.IsPublic = true;
                else if (method.IsFamilyAndAssembly) method.IsFamily = true;
            }
            foreach (FieldDefinition field in type.Fields)
            {
                if (field.IsAssembly) field.IsPublic = true;
                else if (field.IsFamilyAndAssembly) field.IsFamily = true;
            }
        }
    }

    private static TypeDefinition Outermost(TypeDefinition type)
    {
        while (type.DeclaringType != null)
            type = type.DeclaringType;
        return type;
    }
}
